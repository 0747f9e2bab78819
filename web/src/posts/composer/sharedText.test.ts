import { expect, test } from 'vitest'

import { sharedText } from './sharedText'

test.each([
  [{}, ''],
  [{ title: ' ', text: '\n' }, ''],
  [{ text: 'Hello', other: 'x' }, 'Hello'],
  [{ title: 'A page', url: 'https://example.org/' }, 'A page\nhttps://example.org/'],
  [{ title: 'A page', text: 'worth reading', url: 'https://a.example' }, 'A page\nworth reading\nhttps://a.example'],
  // Android puts the address into the text; some apps repeat the title there.
  [{ text: 'see https://a.example', url: 'https://a.example' }, 'see https://a.example'],
  [{ title: 'A page', text: 'A page https://a.example' }, 'A page https://a.example'],
  [{ title: 'https://a.example', text: 'https://a.example', url: 'https://a.example' }, 'https://a.example'],
  [{ text: 'x'.repeat(9_000) }, 'x'.repeat(5_000)],
])('%j', (parameters, text) => {
  expect(sharedText(new URLSearchParams(parameters))).toBe(text)
})
