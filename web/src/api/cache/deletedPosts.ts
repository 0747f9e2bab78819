import type { Cache } from '@urql/exchange-graphcache'

/** Marks a post as deleted: `post(id)` is null from now on, which all lists of posts check. */
export function markPostDeleted(cache: Cache, id: string): void {
  cache.link('Query', 'post', { id }, null)
}

export function isPostDeleted(cache: Cache, id: string): boolean {
  return cache.resolve('Query', 'post', { id }) === null
}
