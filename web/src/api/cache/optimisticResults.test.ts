import type { Cache } from '@urql/exchange-graphcache'
import { expect, test } from 'vitest'

import { optimisticResults } from './optimisticResults'

/** Returns the expected result of a mutation while the cached number of followers is `followerCount`. */
function expectedResult(
  name: 'follow' | 'unfollow' | 'bookmark' | 'removeBookmark',
  input: object,
  followerCount?: number,
): unknown {
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

test.each([
  ['like', 'likedByViewer', 'likeCount', false, 7, true, 8],
  ['like', 'likedByViewer', 'likeCount', true, 7, true, 7],
  ['unlike', 'likedByViewer', 'likeCount', true, 7, false, 6],
  ['unlike', 'likedByViewer', 'likeCount', false, 0, false, 0],
  ['repost', 'repostedByViewer', 'repostCount', undefined, undefined, true, 1],
  ['undoRepost', 'repostedByViewer', 'repostCount', true, 3, false, 2],
] as const)('%s of a post with %s %s and %s %s', (name, flag, count, isOn, known, willBeOn, expected) => {
  const cache = { resolve: (_: unknown, field: string) => (field === flag ? isOn : known) } as unknown as Cache
  const result = optimisticResults[name]?.({ input: { postId: '1' } }, cache, {} as never)
  expect(result).toMatchObject({ post: { __typename: 'Post', id: '1', [flag]: willBeOn, [count]: expected } })
})

test.each([
  ['bookmark', 'Bookmarked', true],
  ['removeBookmark', 'BookmarkRemoved', false],
] as const)('%s', (name, typename, bookmarkedByViewer) => {
  const post = { __typename: 'Post', id: '1', bookmarkedByViewer }
  expect(expectedResult(name, { postId: '1' })).toEqual({ __typename: typename, post })
})
