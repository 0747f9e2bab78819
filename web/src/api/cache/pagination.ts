import type { Cache, FieldArgs, Resolver } from '@urql/exchange-graphcache'

import { MAX_POSTS_PER_REQUEST } from '@/api/limits'

import { isPostDeleted } from './deletedPosts'
import { isByHiddenUser, isUserHidden } from './hiddenUsers'
import { isByUnfollowedUser, isUnfollowed } from './unfollowedUsers'

/**
 * Returns all loaded pages of a connection as one. A page belongs to it if it was requested after the end cursor of the page
 * before it, with the size of the first page or with the largest one. If a refreshed first page ends at another cursor, the
 * later pages are dropped, so that no gap can occur.
 *
 * Kept by hand: Graphcache's relayPagination merges every cached page, even one that does not follow the page before it.
 */
export const mergedPages = mergePages(isDeletedEdge)

/** Like `mergedPages`, without posts by accounts that the viewer has muted or blocked since the list was loaded. */
export const mergedFoundPages = mergePages(isDeletedOrHidden)

/** Like `mergedPages`, without posts by accounts that the viewer has unfollowed, muted or blocked since the feed was loaded. */
export const mergedFeedPages = mergePages(isHiddenInFeed)

/** Like `mergedPages`, without notifications of deleted posts. Their marker is that of the first page, which has the latest. */
export const mergedNotifications = mergePages(isOfDeletedPost)

type IsHidden = (cache: Cache, edge: string) => boolean

function mergePages(isHidden: IsHidden): Resolver {
  return (_, { after: _after, ...args }, cache, info) => {
    const edges: string[] = []
    let last: Page | null = null
    const find = (page: FieldArgs): Page | null => readPage(cache, cache.resolve(info.parentKey, info.fieldName, page))
    for (let after: string | null = null; ; after = last.endCursor) {
      const page: Page | null = after
        ? (find({ ...args, after }) ?? find({ ...args, after, first: MAX_POSTS_PER_REQUEST }))
        : find(args)
      if (!page) break
      edges.push(...page.edges)
      last = page
      if (!page.hasNextPage || !page.endCursor) break
    }
    if (!last) return undefined
    return { __typename: last.typename, edges: edges.filter((edge) => !isHidden(cache, edge)), pageInfo: last.pageInfo }
  }
}

interface Page {
  typename: string
  edges: string[]
  pageInfo: string
  hasNextPage: boolean
  endCursor: string | null
}

function readPage(cache: Cache, key: unknown): Page | null {
  if (typeof key !== 'string') return null
  const typename = cache.resolve(key, '__typename')
  const edges = cache.resolve(key, 'edges')
  const pageInfo = cache.resolve(key, 'pageInfo')
  if (typeof typename !== 'string' || !Array.isArray(edges) || typeof pageInfo !== 'string') return null
  const endCursor = cache.resolve(pageInfo, 'endCursor')
  return {
    typename,
    edges: (edges as unknown[]).filter((edge) => typeof edge === 'string'),
    pageInfo,
    hasNextPage: cache.resolve(pageInfo, 'hasNextPage') === true,
    endCursor: typeof endCursor === 'string' ? endCursor : null,
  }
}

function isDeletedEdge(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  if (typeof node !== 'string') return true
  const id = cache.resolve(node, 'id')
  return typeof id === 'string' && isPostDeleted(cache, id)
}

function isOfDeletedPost(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  const post = typeof node === 'string' ? cache.resolve(node, 'post') : undefined
  const id = typeof post === 'string' ? cache.resolve(post, 'id') : undefined
  return typeof id === 'string' && isPostDeleted(cache, id)
}

function isDeletedOrHidden(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  return isDeletedEdge(cache, edge) || typeof node !== 'string' || isByHiddenUser(cache, node)
}

export function isHiddenInFeed(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  if (isDeletedOrHidden(cache, edge) || typeof node !== 'string') return true
  const repost = cache.resolve(edge, 'repost')
  if (typeof repost !== 'string') return isByUnfollowedUser(cache, node)
  const reposter = cache.resolve(repost, 'user')
  return isUnfollowed(cache, reposter) || isUserHidden(cache, reposter)
}
