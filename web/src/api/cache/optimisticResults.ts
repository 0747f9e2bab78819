import type { Cache, OptimisticMutationConfig } from '@urql/exchange-graphcache'

/** The expected results of mutations. The cache reverts one if the server returns something else. */
export const optimisticResults: OptimisticMutationConfig = {
  deletePost: ({ input }) => ({ __typename: 'PostDeleted', deletedPostId: (input as { id: string }).id }),
  follow: ({ input }, cache) => ({ __typename: 'Followed', user: followed(cache, input, 1) }),
  unfollow: ({ input }, cache) => ({ __typename: 'Unfollowed', user: followed(cache, input, -1) }),
}

function followed(
  cache: Cache,
  input: unknown,
  change: 1 | -1,
): { __typename: 'User'; id: string; followedByViewer: boolean; followerCount: number } {
  const id = (input as { userId: string }).userId
  const known = cache.resolve({ __typename: 'User', id }, 'followerCount')
  return {
    __typename: 'User',
    id,
    followedByViewer: change === 1,
    followerCount: Math.max(0, (typeof known === 'number' ? known : 0) + change),
  }
}
