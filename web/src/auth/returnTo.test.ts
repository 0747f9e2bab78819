import { expect, test } from 'vitest'

import { returnAddress } from './returnTo'

test.each([null, {}, { returnTo: 1 }, { returnTo: 'https://elsewhere' }, { returnTo: '//elsewhere' }])(
  '%j leads to the home page',
  (state) => {
    expect(returnAddress({ pathname: '/login', search: '', state })).toBe('/')
  },
)

test('the user returns to the page that redirected to sign-in', () => {
  expect(returnAddress({ pathname: '/login', search: '', state: { returnTo: '/@ada?x=1' } })).toBe('/@ada?x=1')
  expect(returnAddress({ pathname: '/register', search: '', state: null })).toBe('/')
  expect(returnAddress({ pathname: '/settings', search: '?x=1', state: null })).toBe('/settings?x=1')
})
