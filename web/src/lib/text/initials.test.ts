import { expect, test } from 'vitest'

import { initialsOf, tintOf } from './initials'

test.each([
  ['Ada', 'Marlowe', 'AM'],
  ['élodie', 'ñandú', 'ÉÑ'],
  ['由紀', '田中', '由田'],
  ['👩‍🚀 Mae', '', '👩‍🚀'],
  ['', '', ''],
])('%s %s: %s', (first, last, initials) => {
  expect(initialsOf(first, last)).toBe(initials)
})

test('an alias has the same colour in upper and lower case', () => {
  expect(tintOf('Ada')).toBe(tintOf('ada'))
})
