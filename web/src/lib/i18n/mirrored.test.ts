import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'

import { mirrored } from './mirrored'

/** Returns a message as the mirrored language shows it. `‹` and `›` stand for the controls around words, `(` and `)` for isolates. */
function shown(message: string, values: Record<string, unknown> = {}): string {
  const i18n = setupI18n()
  i18n.loadAndActivate({ locale: 'ar-XB', locales: 'en', messages: mirrored({ id: compileMessage(message) }) })
  const text = i18n._('id', values)
  return text.replaceAll('\u202E', '‹').replaceAll('\u202C', '›').replaceAll('\u2066', '(').replaceAll('\u2069', ')')
}

test.each([
  ['No posts yet', {}, '‹No› ‹posts› ‹yet›'],
  ['Press <0>?</0> for help.', {}, '‹Press› <0>?</0> ‹for› ‹help›.'],
  ['Block @{alias}?', { alias: 'ann' }, '‹Block› (@ann)?'],
  ['@{alias} is muted.', { alias: 'ann' }, '(@ann) ‹is› ‹muted›.'],
  ['{count, plural, one {# new post} other {# new posts}}', { count: 2 }, '2 ‹new› ‹posts›'],
  ['{name}: “{text}”', { name: 'Ann', text: 'Hi' }, 'Ann: “Hi”'],
])('%s', (message, values, expected) => {
  expect(shown(message, values)).toBe(expected)
})
