import type { Client } from '@urql/core'

import { KnownPosts } from '@/posts/usePostsById'
import { sessionStore } from '@/session/createSessionStore'

import { FeedPages } from './FeedPages'
import type { Known } from './resumePoint'

interface Arrivals {
  /** Ids of posts that have come since the feed was read and are not shown before they are asked for; the latest first. */
  waiting: readonly string[]
  /** Those that were asked for. */
  shown: readonly string[]
  /** So many have come that only reading the feed anew can show them. */
  areTooMany: boolean
}

const NONE: Arrivals = { waiting: [], shown: [], areTooMany: false }
const MOST_TO_CATCH_UP = 100

export const arrivals = sessionStore(NONE)

export function arrive(...ids: string[]): void {
  const { waiting, shown, ...rest } = arrivals.get()
  const fresh = ids.filter((id) => !waiting.includes(id) && !shown.includes(id))
  arrivals.set({ ...rest, waiting: [...fresh, ...waiting], shown })
}

export function showWaiting(): void {
  const { waiting, shown } = arrivals.get()
  arrivals.set({ ...NONE, shown: [...waiting, ...shown] })
}

/** The viewer has unfollowed an account: what waits is told without its posts, which the cache no longer shows. */
export function forgetUnfollowed(client: Client): void {
  const { waiting, ...rest } = arrivals.get()
  const known = client.readQuery(KnownPosts, { ids: [...waiting] })?.data?.nodes
  if (known) arrivals.set({ ...rest, waiting: waiting.filter((_, index) => known[index] !== null) })
}

/** The feed is read anew, and will hold what has come by now, or had come before. */
export function forgetArrivals(before = arrivals.get()): void {
  const { waiting } = arrivals.get()
  arrivals.set({ ...NONE, waiting: waiting.filter((id) => !before.waiting.includes(id)) })
}

/**
 * Reads the feed, behind what was subscribed to, from its top to the first post that is known: what came while nothing
 * could arrive. What is known is read first, since a page that is still under way may be older. What was read; null if
 * that failed.
 */
export async function catchUp(client: Client): Promise<ReadonlyMap<string, Known> | null> {
  const known = await client.query(FeedPages, {}).toPromise()
  const { data } = await client
    .query(FeedPages, { first: MOST_TO_CATCH_UP }, { requestPolicy: 'network-only', isBehindSubscriptions: true })
    .toPromise()
  if (!known.data || !data) return null
  const feed = (client.readQuery(FeedPages, {})?.data ?? known.data).feed // longer, where pages were read meanwhile
  const { waiting, shown } = arrivals.get()
  const ids = new Set([...feed.edges.map(({ node }) => node.id), ...waiting, ...shown])
  const latest = data.feed.edges.map(({ node }) => node.id)
  const end = latest.findIndex((id) => ids.has(id))
  if (end < 0 && data.feed.pageInfo.hasNextPage) arrivals.set({ ...arrivals.get(), areTooMany: true })
  else arrive(...latest.slice(0, end < 0 ? latest.length : end))
  return new Map(data.feed.edges.map(({ cursor, node: { id, createdAt } }) => [id, { after: cursor, createdAt }]))
}
