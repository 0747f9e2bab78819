import type { Cache } from '@urql/exchange-graphcache'

/**
 * Records whether the viewer has unfollowed an account since their feed was loaded. The cached feed hides the posts of such
 * accounts. The other posts stay, and the scroll position with them.
 */
export function setUnfollowed(cache: Cache, userId: string, isUnfollowed: boolean): void {
  const user = cache.keyOfEntity({ __typename: 'User', id: userId })
  cache.link('Query', 'unfollowed', { user }, isUnfollowed ? user : null)
}

/** Returns true if the author of a post is marked as unfollowed. `post` is the key of the post in the cache. */
export function isByUnfollowedUser(cache: Cache, post: string): boolean {
  return isUnfollowed(cache, cache.resolve(post, 'author'))
}

/** Returns true if an account is marked as unfollowed. `user` is its key in the cache. */
export function isUnfollowed(cache: Cache, user: unknown): boolean {
  return typeof user === 'string' && typeof cache.resolve('Query', 'unfollowed', { user }) === 'string'
}
