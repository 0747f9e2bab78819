import type { Cache } from '@urql/exchange-graphcache'

const FLAGS = ['mutedByViewer', 'blockedByViewer', 'blocksViewer']

/** Returns true if the viewer has muted or blocked an account, or is blocked by it. `user` is its key in the cache. */
export function isUserHidden(cache: Cache, user: unknown): boolean {
  return typeof user === 'string' && FLAGS.some((flag) => cache.resolve(user, flag) === true)
}

/** Returns true if the author of a post, or the account that it answers, is hidden. `post` is its key in the cache. */
export function isByHiddenUser(cache: Cache, post: string): boolean {
  return ['author', 'repliesTo'].some((field) => isUserHidden(cache, cache.resolve(post, field)))
}
