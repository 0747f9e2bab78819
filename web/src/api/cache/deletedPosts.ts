import type { Cache } from '@urql/exchange-graphcache'

/** Notes that a post has been deleted, where everything that shows posts looks: `post(id)` is null. */
export function markGone(cache: Cache, id: string): void {
  cache.link('Query', 'post', { id }, null)
}

export function isGone(cache: Cache, id: string): boolean {
  return cache.resolve('Query', 'post', { id }) === null
}
