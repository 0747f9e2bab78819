/** A post that is known; `after` is its cursor or its id. */
export interface Known {
  after: string
  createdAt: string
}

const MARGIN_MS = 60_000

/**
 * The post after which a subscription that was lost goes on. It is a minute older than the latest one: a server whose
 * clock is behind may make a post that belongs below the latest. What is known is brought once more. Null if no post is
 * known that is so old: then the feed is read.
 */
export function resumePoint(known: Iterable<Known>): string | null {
  const latestFirst = [...known].sort((one, other) => other.createdAt.localeCompare(one.createdAt))
  const [latest] = latestFirst
  if (!latest) return null
  const until = Date.parse(latest.createdAt) - MARGIN_MS
  const point = latestFirst.find(({ createdAt }) => Date.parse(createdAt) <= until)
  return point?.after ?? null
}
