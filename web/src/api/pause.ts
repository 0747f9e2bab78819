const FIRST_MS = 500
const LONGEST_MS = 30_000

/** Before another try: doubles, and differs from client to client, so that a server is not met by all at once. */
export function pauseBefore(retry: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** retry) * (0.5 + Math.random() / 2)
}
