import { expect, test } from 'vitest'

import { nameOf } from './displayName'

test('a name keeps its letters and loses every control that turns letters around', () => {
  const controls = '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069'
  expect(nameOf({ alias: 'a', firstName: `\u202Elive${controls}`, lastName: 'Grey' })).toBe('live Grey')
  expect(nameOf({ alias: 'a', firstName: 'مريم', lastName: '👩‍🚀' })).toBe('مريم 👩‍🚀')
})

test('an account has a name if its names show nothing', () => {
  expect(nameOf({ alias: 'ada', firstName: '\u202E', lastName: '' })).toBe('ada')
})
