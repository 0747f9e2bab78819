import type { CombinedError } from '@urql/core'

const FIRST_MS = 4_000
const LONGEST_MS = 60_000

/**
 * Before another try: anything up to a bound that doubles. When a server comes back, its clients come back one by one.
 * See "Exponential Backoff And Jitter": https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseBefore(retry: number): number {
  return Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** retry)
}

/** How long the server has asked to wait, in milliseconds: its clients come back at a pace in proportion to their number. */
export function askedPause(error: CombinedError): number {
  const asked = error.graphQLErrors.map(({ extensions }) => Number(extensions['retryAfterMs'] ?? 0))
  return Math.min(LONGEST_MS, Math.max(0, ...asked.filter(Number.isFinite)))
}
