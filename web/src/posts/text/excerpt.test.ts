import { expect, test } from 'vitest'

import { excerptOf } from './excerpt'

const of = (...texts: string[]): string => excerptOf(texts.map((text) => ({ text })))

test('a short text is shown in full on one line', () => {
  expect(of('  see ', '@grace', '\n\n at\tsea ')).toBe('see @grace at sea')
})

test('a long text is cut between characters', () => {
  const family = '👨‍👩‍👧‍👦'
  expect(of(family.repeat(60))).toBe(family.repeat(60))
  expect(of(family.repeat(61))).toBe(`${family.repeat(59)}…`)
})

test('direction controls are removed', () => {
  expect(of('\u202Eabc\u2067')).toBe('abc')
})
