import { expect, test } from 'vitest'

import { parseSession } from './parseSession'

test.each([null, '', '{', '[]', '{"token": 1, "alias": "ada"}', '{"token": "t"}'])('%s is no session', (kept) => {
  expect(parseSession(kept)).toBeNull()
})

test('unknown fields of a stored session are dropped', () => {
  expect(parseSession('{"token": "t", "alias": "ada", "more": 1}')).toEqual({ token: 't', alias: 'ada' })
})
