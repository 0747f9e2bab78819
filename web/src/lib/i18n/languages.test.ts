import { expect, test } from 'vitest'

import { chooseLanguage, directionOf } from './languages'

test.each([
  [null, ['de-AT', 'en'], 'de'],
  [null, ['DE'], 'de'],
  [null, ['fr', 'it-IT', 'de'], 'de'],
  [null, ['en-GB', 'de'], 'en'],
  [null, ['den', 'fr'], 'en'],
  [null, ['ar-XB', 'ar'], 'en'],
  [null, [], 'en'],
  ['de', ['en'], 'de'],
  ['en', ['de'], 'en'],
  ['ar-XB', ['de'], 'ar-XB'],
  ['tlh', ['de'], 'de'],
  ['__proto__', ['constructor'], 'en'],
] as const)('stored: %s, preferred: %j: %s', (stored, preferred, language) => {
  expect(chooseLanguage(stored, preferred)).toBe(language)
})

test('only the mirrored language runs from right to left', () => {
  expect([directionOf('en'), directionOf('de'), directionOf('ar-XB')]).toEqual(['ltr', 'ltr', 'rtl'])
})
