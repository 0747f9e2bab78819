import { expect, test } from 'vitest'

import { collapseBlankLines } from './collapseBlankLines'

const LINE_ENDS = ['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029']
const BLANKS = ['', ' ', '\t', '\u00A0', '\u3000', '\u200B', '\u2800', '\u3164', ' \u200D ']

const shown = (...texts: string[]): string =>
  collapseBlankLines(texts.map((text) => ({ text })))
    .map(({ text }) => text)
    .join('')

test('several blank lines of any kind become one', () => {
  for (const end of LINE_ENDS) {
    for (const blank of BLANKS) {
      for (const count of [3, 4, 139]) {
        const gap = (end + blank).repeat(count - 1) + end
        expect([end, blank, count, shown(`a${gap}b`)]).toEqual([end, blank, count, `a\n${blank}\nb`])
      }
    }
  }
})

test('single blank lines and other lines stay', () => {
  expect(shown('a\n\nb\nc  d\n  e')).toBe('a\n\nb\nc  d\n  e')
  expect(shown('')).toBe('')
})

test('blank lines at the start and the end are removed', () => {
  expect(shown('\n\n\na\n \n')).toBe('a')
  expect(shown('a\n')).toBe('a')
})

test('spaces beside a mention stay, and blank lines around it are reduced to one', () => {
  expect(shown('a ', '@b', ' c')).toBe('a @b c')
  expect(shown('a\n\n\n\n', '@b', '\n\n\n\n', '@c', '\n\n\n')).toBe('a\n\n@b\n\n@c')
  expect(shown('@b', '\n\nc')).toBe('@b\n\nc')
})
