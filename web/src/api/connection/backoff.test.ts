import { CombinedError } from '@urql/core'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'

import { backoffDelay, requestedDelay } from './backoff'

const many = (retry: number) => Array.from({ length: 1_000 }, () => backoffDelay(retry))
const error = (...asked: unknown[]) =>
  new CombinedError({
    graphQLErrors: asked.map((retryAfterMs) => new GraphQLError('x', { extensions: { retryAfterMs } })),
  })

test('delays are spread over a range that doubles up to a minute', () => {
  for (const [retry, longest] of [0, 1, 2, 20].map((retry) => [retry, Math.min(60_000, 4_000 * 2 ** retry)] as const)) {
    const delays = many(retry)
    expect(Math.min(...delays)).toBeLessThan(longest / 20)
    expect(Math.max(...delays)).toBeLessThanOrEqual(longest)
    expect(Math.max(...delays)).toBeGreaterThan((longest * 19) / 20)
  }
})

test('a server may request a delay of up to a minute', () => {
  expect(requestedDelay(error(700, 300))).toBe(700)
  expect(requestedDelay(error(10 ** 9))).toBe(60_000)
  expect(requestedDelay(error(undefined, 'x', -5))).toBe(0)
  expect(requestedDelay(new CombinedError({ networkError: new Error('x') }))).toBe(0)
})
