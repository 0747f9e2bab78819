/** The position of a known post in the feed. `after` is its cursor or its id. */
export interface FeedPosition {
  after: string
  createdAt: string
}

const MARGIN_MS = 60_000

/**
 * Returns the post after which a lost subscription resumes. It is a minute older than the newest one, because a server whose
 * clock is late may insert posts below the newest. The server sends some known posts again. Returns null if all known posts
 * are younger than that: then the feed has to be loaded.
 */
export function resumePoint(known: Iterable<FeedPosition>): string | null {
  const latestFirst = [...known].sort((one, other) => other.createdAt.localeCompare(one.createdAt))
  const [latest] = latestFirst
  if (!latest) return null
  const until = Date.parse(latest.createdAt) - MARGIN_MS
  const point = latestFirst.find(({ createdAt }) => Date.parse(createdAt) <= until)
  return point?.after ?? null
}
