import type { Cache } from '@urql/exchange-graphcache'
import { expect, test } from 'vitest'

import { optimisticResults } from './optimisticResults'

/** Returns the expected result of a mutation while the cached number of followers is `followerCount`. */
function expectedResult(name: 'follow' | 'unfollow' | 'deletePost', input: object, followerCount?: number): unknown {
  const cache = { resolve: () => followerCount } as unknown as Cache
  return optimisticResults[name]?.({ input }, cache, {} as never)
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
  expect(expectedResult(name, { userId: 'ann' }, known)).toEqual({ __typename: typename, user })
})
