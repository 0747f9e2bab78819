import { expect, test } from 'vitest'

import { fromOf } from './returnTo'

test.each([null, {}, { from: 1 }, { from: 'https://elsewhere' }, { from: '//elsewhere' }])('%j leads home', (state) => {
  expect(fromOf({ pathname: '/login', search: '', state })).toBe('/')
})

test('one returns to where one was', () => {
  expect(fromOf({ pathname: '/login', search: '', state: { from: '/@ada?x=1' } })).toBe('/@ada?x=1')
  expect(fromOf({ pathname: '/register', search: '', state: null })).toBe('/')
  expect(fromOf({ pathname: '/settings', search: '?x=1', state: null })).toBe('/settings?x=1')
})
