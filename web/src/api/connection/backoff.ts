import type { CombinedError } from '@urql/core'

const FIRST_MS = 4_000
const LONGEST_MS = 60_000

/**
 * Returns a random delay before a retry, in ms. Its upper bound doubles with each retry. The jitter spreads the clients of
 * a server that is back.
 * See "Exponential Backoff And Jitter": https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelay(retry: number): number {
  return Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** retry)
}

/** Returns the delay that the server asks for, in ms. The server chooses it by the number of its clients. */
export function requestedDelay(error: CombinedError): number {
  const asked = error.graphQLErrors.map(({ extensions }) => Number(extensions['retryAfterMs'] ?? 0))
  return Math.min(LONGEST_MS, Math.max(0, ...asked.filter(Number.isFinite)))
}
