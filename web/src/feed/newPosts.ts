import type { Client } from '@urql/core'

import { MAX_POSTS_PER_REQUEST } from '@/api/limits'
import { unmask } from '@/gql'
import type { ListEdgeFragment, FeedQuery } from '@/gql/graphql'
import { ListEdge, type PostNode, type PostRow, rowOfEdge } from '@/posts/rows'
import { PostsById } from '@/posts/usePostsById'
import { createSessionStore } from '@/session/createSessionStore'

import { FeedPages } from './FeedPages'
import type { FeedPosition } from './resumePoint'

/** A row of the feed that arrived after the feed was loaded. */
export interface ArrivedRow extends FeedPosition, Pick<PostRow, 'id' | 'repost'> {
  postId: string
  reposterId: string | null
}

interface NewPosts {
  /** Rows that arrived after the feed was loaded and are not shown yet, newest first. */
  waiting: readonly ArrivedRow[]
  /** Rows that arrived and are shown, newest first. */
  shown: readonly ArrivedRow[]
  /** Rows that the loaded feed still has although their reposts were undone. */
  gone: ReadonlySet<string>
  /** True if too many posts have arrived, so that the feed has to be reloaded. */
  areTooMany: boolean
}

export const NO_NEW_POSTS: NewPosts = { waiting: [], shown: [], gone: new Set(), areTooMany: false }

export const newPosts = createSessionStore(NO_NEW_POSTS)

export function addNewPosts(...rows: ArrivedRow[]): void {
  const { waiting, shown, ...rest } = newPosts.get()
  const known = new Set([...waiting, ...shown].map(({ id }) => id))
  newPosts.set({ ...rest, waiting: [...rows.filter(({ id }) => !known.has(id)), ...waiting], shown })
}

export function showNewPosts(): void {
  const { waiting, shown, gone } = newPosts.get()
  newPosts.set({ ...NO_NEW_POSTS, gone, shown: [...waiting, ...shown] })
}

/**
 * Removes the reposts by an account that the viewer has unfollowed, muted or blocked, and the waiting posts that the cache
 * hides because of it.
 */
export function removeHiddenPosts(client: Client, userId: string): void {
  const { waiting } = newPosts.get()
  const known = client.readQuery(PostsById, { ids: waiting.map(({ postId }) => postId) })?.data?.nodes
  const hidden = new Set(waiting.filter((_, index) => known?.[index] === null).map(({ id }) => id))
  removeRows(({ id, reposterId }) => hidden.has(id) || reposterId === userId)
}

export function removeDeletedPost(id: string): void {
  removeRows(({ postId }) => postId === id)
}

export function removeRepost(row: string): void {
  removeRows(({ id }) => id === row, new Set([...newPosts.get().gone, row]))
}

function removeRows(isRemoved: (row: ArrivedRow) => boolean, gone = newPosts.get().gone): void {
  const { waiting, shown, ...rest } = newPosts.get()
  const keep = (rows: readonly ArrivedRow[]): ArrivedRow[] => rows.filter((row) => !isRemoved(row))
  newPosts.set({ ...rest, gone, waiting: keep(waiting), shown: keep(shown) })
}

/** Removes rows that a reload of the feed has loaded: those that had arrived before it. */
export function clearNewPosts(before = newPosts.get()): void {
  const had = new Set(before.waiting.map(({ id }) => id))
  newPosts.set({ ...NO_NEW_POSTS, waiting: newPosts.get().waiting.filter(({ id }) => !had.has(id)) })
}

/** Returns the rows of the shown posts. Posts that are not loaded, deleted or hidden have none. */
export function rowsOf(shown: readonly ArrivedRow[], loaded: readonly PostNode[]): PostRow[] {
  const posts = new Map(loaded.map((post) => [post.id, post]))
  return shown.flatMap(({ id, createdAt, after, repost, postId }) => {
    const post = posts.get(postId)
    return post ? [{ id, createdAt, cursor: after, repost, post }] : []
  })
}

export function arrivedRow(edge: ListEdgeFragment): ArrivedRow {
  const { id, createdAt, repost } = rowOfEdge(edge)
  return { id, createdAt, repost, after: edge.cursor, postId: edge.node.id, reposterId: edge.repost?.user.id ?? null }
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
  const ids = new Set([...rowsIn(feed), ...waiting, ...shown].map(({ id }) => id))
  const rows = rowsIn(data.feed)
  const end = rows.findIndex(({ id }) => ids.has(id))
  if (end < 0 && data.feed.pageInfo.hasNextPage) newPosts.set({ ...newPosts.get(), areTooMany: true })
  else addNewPosts(...(end < 0 ? rows : rows.slice(0, end)))
  return new Map(rows.map(({ id, after, createdAt }) => [id, { after, createdAt }]))
}

const rowsIn = ({ edges }: FeedQuery['feed']): ArrivedRow[] => edges.map((edge) => arrivedRow(unmask(ListEdge, edge)))
