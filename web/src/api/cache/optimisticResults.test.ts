import type { Cache } from '@urql/exchange-graphcache'
import { expect, test } from 'vitest'

import { optimistic } from './optimisticResults'

/** The guess for a mutation while the cache knows of so many followers. */
function guess(name: 'follow' | 'unfollow' | 'deletePost', input: object, followerCount?: number): unknown {
  const cache = { resolve: () => followerCount } as unknown as Cache
  return optimistic[name]?.({ input }, cache, {} as never)
}

test.each([
  ['follow', 7, true, 8],
  ['unfollow', 7, false, 6],
  ['follow', undefined, true, 1],
  ['unfollow', undefined, false, 0],
  ['unfollow', 0, false, 0],
] as const)('%s of an account with %s followers', (name, known, followedByViewer, followerCount) => {
  const user = { __typename: 'User', id: 'ann', followedByViewer, followerCount }
  const typename = name === 'follow' ? 'Followed' : 'Unfollowed'
  expect(guess(name, { userId: 'ann' }, known)).toEqual({ __typename: typename, user })
})
