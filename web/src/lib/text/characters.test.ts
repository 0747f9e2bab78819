import { describe, expect, test } from 'vitest'

import blanks from '../../../../tests/domain/blanks.json' with { type: 'json' }
import cases from '../../../../tests/domain/characters.json' with { type: 'json' }

import { countCharacters, isBlank, isTooLong } from './characters'

describe('characters', () => {
  test.each(cases as [string, number][])('%j has as many characters as the server counts', (text, count) => {
    expect(countCharacters(text)).toBe(count)
  })

  test('a text has at most 280 characters, and a character a bounded size', () => {
    expect(isTooLong('é'.repeat(280))).toBe(false)
    expect(isTooLong('é'.repeat(281))).toBe(true)
    expect(isTooLong('e' + '\u0301'.repeat(8192))).toBe(true)
    expect(isTooLong('e' + '\u0301'.repeat(19))).toBe(false)
    expect(isTooLong('e' + '\u0301'.repeat(20))).toBe(true)
    expect(isTooLong('\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'.repeat(280))).toBe(false)
    expect(isTooLong('\u{1F469}\u200D\u2764\uFE0F\u200D\u{1F48B}\u200D\u{1F468}'.repeat(280))).toBe(false)
    expect(isTooLong(('e' + '\u0301'.repeat(15)).repeat(280))).toBe(true)
  })

  test.each(blanks as [string, boolean][])('%j is blank: %s', (text, isBlankThere) => {
    expect(isBlank(text)).toBe(isBlankThere)
  })
})
