import type { Client } from '@urql/core'

import { sessionStore } from '@/session/sessionStore'

import { FeedPages } from './FeedPages'

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

/** The feed is read anew, and will hold what has come by now, or had come before. */
export function forgetArrivals(before = arrivals.get()): void {
  const { waiting } = arrivals.get()
  arrivals.set({ ...NONE, waiting: waiting.filter((id) => !before.waiting.includes(id)) })
}

/** Reads the feed from its top to the first post that is known: what came while nothing could arrive. */
export async function catchUp(client: Client, signal: AbortSignal): Promise<void> {
  const feed = client.readQuery(FeedPages, {})?.data?.feed
  if (!feed) return
  const { data } = await client
    .query(FeedPages, { first: MOST_TO_CATCH_UP }, { requestPolicy: 'network-only' })
    .toPromise()
  if (!data || signal.aborted) return
  const { waiting, shown } = arrivals.get()
  const known = new Set([...feed.edges.map(({ node }) => node.id), ...waiting, ...shown])
  const latest = data.feed.edges.map(({ node }) => node.id)
  const end = latest.findIndex((id) => known.has(id))
  if (end < 0 && data.feed.pageInfo.hasNextPage) arrivals.set({ ...arrivals.get(), areTooMany: true })
  else arrive(...latest.slice(0, end < 0 ? latest.length : end))
}
