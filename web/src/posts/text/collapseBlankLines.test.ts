import { expect, test } from 'vitest'

import { tidy } from './collapseBlankLines'

const LINE_ENDS = ['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029']
const BLANKS = ['', ' ', '\t', '\u00A0', '\u3000', '\u200B', '\u2800', '\u3164', ' \u200D ']

const shown = (...texts: string[]): string =>
  tidy(texts.map((text) => ({ text })))
    .map(({ text }) => text)
    .join('')

test('any number of blank lines of any kind is one', () => {
  for (const end of LINE_ENDS) {
    for (const blank of BLANKS) {
      for (const count of [3, 4, 139]) {
        const gap = (end + blank).repeat(count - 1) + end
        expect([end, blank, count, shown(`a${gap}b`)]).toEqual([end, blank, count, `a\n${blank}\nb`])
      }
    }
  }
})

test('one blank line and plain lines stay as they are', () => {
  expect(shown('a\n\nb\nc  d\n  e')).toBe('a\n\nb\nc  d\n  e')
  expect(shown('')).toBe('')
})

test('there are no blank lines at the ends', () => {
  expect(shown('\n\n\na\n \n')).toBe('a')
  expect(shown('a\n')).toBe('a')
})

test('blanks beside a mention stay, blank lines around it are at most one', () => {
  expect(shown('a ', '@b', ' c')).toBe('a @b c')
  expect(shown('a\n\n\n\n', '@b', '\n\n\n\n', '@c', '\n\n\n')).toBe('a\n\n@b\n\n@c')
  expect(shown('@b', '\n\nc')).toBe('@b\n\nc')
})
