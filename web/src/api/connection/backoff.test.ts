import { CombinedError } from '@urql/core'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'

import { askedPause, pauseBefore } from './backoff'

const many = (retry: number) => Array.from({ length: 1_000 }, () => pauseBefore(retry))
const error = (...asked: unknown[]) =>
  new CombinedError({
    graphQLErrors: asked.map((retryAfterMs) => new GraphQLError('x', { extensions: { retryAfterMs } })),
  })

test('pauses are spread over all of a range that doubles up to a minute', () => {
  for (const [retry, longest] of [0, 1, 2, 20].map((retry) => [retry, Math.min(60_000, 4_000 * 2 ** retry)] as const)) {
    const pauses = many(retry)
    expect(Math.min(...pauses)).toBeLessThan(longest / 20)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longest)
    expect(Math.max(...pauses)).toBeGreaterThan((longest * 19) / 20)
  }
})

test('a server may ask for a pause, up to a minute', () => {
  expect(askedPause(error(700, 300))).toBe(700)
  expect(askedPause(error(10 ** 9))).toBe(60_000)
  expect(askedPause(error(undefined, 'x', -5))).toBe(0)
  expect(askedPause(new CombinedError({ networkError: new Error('x') }))).toBe(0)
})
