import type { Client } from '@urql/core'

import type { FeedQuery } from '@/gql/graphql'
import { rowOfEdge } from '@/posts/rows'
import { MAX_POSTS_PER_REQUEST, PostsById } from '@/posts/usePostsById'
import { createSessionStore } from '@/session/createSessionStore'

import { FeedPages } from './FeedPages'
import type { FeedPosition } from './resumePoint'

interface NewPosts {
  /** Ids of posts that arrived after the feed was loaded and are not shown yet, newest first. */
  waiting: readonly string[]
  /** Ids of posts that arrived and are shown, newest first. */
  shown: readonly string[]
  /** True if too many posts have arrived, so that the feed has to be reloaded. */
  areTooMany: boolean
}

const NONE: NewPosts = { waiting: [], shown: [], areTooMany: false }

export const newPosts = createSessionStore(NONE)

export function addNewPosts(...ids: string[]): void {
  const { waiting, shown, ...rest } = newPosts.get()
  const fresh = ids.filter((id) => !waiting.includes(id) && !shown.includes(id))
  newPosts.set({ ...rest, waiting: [...fresh, ...waiting], shown })
}

export function showNewPosts(): void {
  const { waiting, shown } = newPosts.get()
  newPosts.set({ ...NONE, shown: [...waiting, ...shown] })
}

/** Removes waiting posts that the cache hides because the viewer has unfollowed, muted or blocked their author. */
export function removeHiddenPosts(client: Client): void {
  const { waiting, ...rest } = newPosts.get()
  const known = client.readQuery(PostsById, { ids: [...waiting] })?.data?.nodes
  if (known) newPosts.set({ ...rest, waiting: waiting.filter((_, index) => known[index] !== null) })
}

/** Removes posts that a reload of the feed has loaded: those that had arrived before it. */
export function clearNewPosts(before = newPosts.get()): void {
  const { waiting } = newPosts.get()
  newPosts.set({ ...NONE, waiting: waiting.filter((id) => !before.waiting.includes(id)) })
}

/**
 * Adds the posts that arrived while there was no subscription: it loads the feed down to the first known post. The request
 * is executed after the subscription has started. The cached feed is awaited first, because a page that is still loading
 * may be older. Returns the positions of the loaded posts, or null if the request failed.
 */
export async function catchUp(client: Client): Promise<ReadonlyMap<string, FeedPosition> | null> {
  const known = await client.query(FeedPages, {}).toPromise()
  const { data } = await client
    .query(FeedPages, { first: MAX_POSTS_PER_REQUEST }, { requestPolicy: 'network-only', isBehindSubscriptions: true })
    .toPromise()
  if (!known.data || !data) return null
  const feed = (client.readQuery(FeedPages, {})?.data ?? known.data).feed // longer if more pages were loaded meanwhile
  const { waiting, shown } = newPosts.get()
  const ids = new Set([...feed.edges.map(keyOf), ...waiting, ...shown])
  const end = data.feed.edges.findIndex((edge) => ids.has(keyOf(edge)))
  const fresh = end < 0 ? data.feed.edges : data.feed.edges.slice(0, end)
  if (end < 0 && data.feed.pageInfo.hasNextPage) newPosts.set({ ...newPosts.get(), areTooMany: true })
  else addNewPosts(...fresh.filter(isPost).map(keyOf))
  const posts = data.feed.edges.filter(isPost)
  return new Map(posts.map(({ cursor, node: { id, createdAt } }) => [id, { after: cursor, createdAt }]))
}

type Edge = FeedQuery['feed']['edges'][number]

/** Reposts are shown when the feed is reloaded: only posts are announced and can be loaded by their ids. */
const isPost = ({ repost }: Edge): boolean => !repost
const keyOf = (edge: Edge): string => rowOfEdge(edge).id
