import { expect, test } from 'vitest'

import { findToken } from './findToken'

/** The caret is at the |. */
const find = (marked: string) => findToken(marked.replace('|', ''), marked.indexOf('|'))

test.each([
  ['@a|', 'user', 'a', 0],
  ['hello @ada|', 'user', 'ada', 6],
  ['(@ada|)', 'user', 'ada', 1],
  ['one\n@ada| two', 'user', 'ada', 4],
  ['＠ada|', 'user', 'ada', 0],
  ['🎉@ada|', 'user', 'ada', 2],
  ['#g|', 'tag', 'g', 0],
  ['of #stra\u00dfe|', 'tag', 'stra\u00dfe', 3],
  ['#日本|', 'tag', '日本', 0],
  ['#1|', 'tag', '1', 0],
  ['one #two #three|', 'tag', 'three', 9],
])('%j is the beginning of a %s', (text, kind, query, from) => {
  expect(find(text)).toEqual({ kind, query, from })
})

test.each([
  ...['|', '@|', '#|', 'ada|', '@ada |', '@a|da', '#g|o', 'mail@example|', '##go|', '@@ada|', '&#x|', '/#top|'],
  `@${'a'.repeat(16)}|`,
  `#${'a'.repeat(101)}|`,
])('%j is none', (text) => {
  expect(find(text)).toBeNull()
})

test('a long text is searched only near the caret', () => {
  const text = `${'x '.repeat(5_000)}@ada`
  expect(findToken(text, text.length)).toEqual({ kind: 'user', query: 'ada', from: 10_000 })
})
