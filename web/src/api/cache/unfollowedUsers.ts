import type { Cache } from '@urql/exchange-graphcache'

/**
 * Notes whether the viewer has unfollowed an account since their feed was read: what is known of the feed then hides the
 * account's posts. The rest stays, and with it the reader's place.
 */
export function markUnfollowed(cache: Cache, userId: string, isUnfollowed: boolean): void {
  const user = cache.keyOfEntity({ __typename: 'User', id: userId })
  cache.link('Query', 'unfollowed', { user }, isUnfollowed ? user : null)
}

/** Whether the post, by its key, is by an account that is marked. */
export function isByUnfollowed(cache: Cache, post: string): boolean {
  const user = cache.resolve(post, 'author')
  return typeof user === 'string' && typeof cache.resolve('Query', 'unfollowed', { user }) === 'string'
}
