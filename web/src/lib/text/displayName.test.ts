import { expect, test } from 'vitest'

import { displayName } from './displayName'

test('a name keeps its letters and loses all direction controls', () => {
  const controls = '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069'
  expect(displayName({ alias: 'a', firstName: `\u202Elive${controls}`, lastName: 'Grey' })).toBe('live Grey')
  expect(displayName({ alias: 'a', firstName: 'مريم', lastName: '👩‍🚀' })).toBe('مريم 👩‍🚀')
})

test('an account whose name shows nothing has its alias as name', () => {
  expect(displayName({ alias: 'ada', firstName: '\u202E', lastName: '' })).toBe('ada')
})
