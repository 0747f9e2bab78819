import type { Cache } from '@urql/exchange-graphcache'

const FLAGS = ['mutedByViewer', 'blockedByViewer', 'blocksViewer']

/** Returns true if nothing of an account comes to the viewer unasked. `user` is the key of the account in the cache. */
export function isUserHidden(cache: Cache, user: unknown): boolean {
  return typeof user === 'string' && FLAGS.some((flag) => cache.resolve(user, flag) === true)
}

/** Returns true if the author of a post, or the account that it answers, is hidden. `post` is its key in the cache. */
export function isByHiddenUser(cache: Cache, post: string): boolean {
  return ['author', 'repliesTo'].some((field) => isUserHidden(cache, cache.resolve(post, field)))
}
