import type { Cache, Resolver } from '@urql/exchange-graphcache'

import { isGone } from './deletedPosts'
import { isByUnfollowed } from './unfollowedUsers'

/**
 * A connection as far as it has been read: the first page, then each page that was asked for after the cursor where the
 * one before it ends. A first page that is read anew and ends elsewhere lets go of the pages behind the old one, so that
 * no hole can open between them.
 */
export const pages = pagesWithout(isGoneEdge)

/** As `pages`, without posts by those whom the viewer has unfollowed since it was read. */
export const feedPages = pagesWithout(isHiddenInFeed)

type IsHidden = (cache: Cache, edge: string) => boolean

function pagesWithout(isHidden: IsHidden): Resolver {
  return (_, { after: _after, ...args }, cache, info) => {
    const edges: string[] = []
    let last: Page | null = null
    for (let after: string | null = null; ; after = last.endCursor) {
      const page: Page | null = readPage(
        cache,
        cache.resolve(info.parentKey, info.fieldName, after ? { ...args, after } : args),
      )
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

function isGoneEdge(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  if (typeof node !== 'string') return true
  const id = cache.resolve(node, 'id')
  return typeof id === 'string' && isGone(cache, id)
}

export function isHiddenInFeed(cache: Cache, edge: string): boolean {
  const node = cache.resolve(edge, 'node')
  return isGoneEdge(cache, edge) || (typeof node === 'string' && isByUnfollowed(cache, node))
}
