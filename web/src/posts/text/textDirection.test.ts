import { expect, test } from 'vitest'

import { textDirection } from './textDirection'

const RIGHT_TO_LEFT = ['مرحبا', 'שלום', 'سلام', 'ܫܠܡܐ', 'ދިވެހި', 'ߒߞߏ', '𞤀𞤁']
const LEFT_TO_RIGHT = ['hello', 'привет', '你好', 'नमस्ते', 'สวัสดี', '', '12 🙂']
const BEFORE = ['', '@amara ', '@amara @bob_2: ', 'https://example.org/a ', '12. ', '🙂 ', '\n\n']

test('mentions, links and symbols do not decide the direction', () => {
  for (const before of BEFORE) {
    for (const text of RIGHT_TO_LEFT)
      expect([before, text, textDirection(before + text)]).toEqual([before, text, 'rtl'])
    for (const text of LEFT_TO_RIGHT)
      expect([before, text, textDirection(before + text)]).toEqual([before, text, 'ltr'])
  }
})

test('the first letter decides', () => {
  expect(textDirection('hello مرحبا')).toBe('ltr')
  expect(textDirection('مرحبا hello')).toBe('rtl')
})
