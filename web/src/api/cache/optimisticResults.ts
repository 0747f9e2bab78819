import type { Cache, OptimisticMutationConfig } from '@urql/exchange-graphcache'

/** The expected results of mutations. The cache reverts one if the server returns something else. */
export const optimisticResults: OptimisticMutationConfig = {
  deletePost: ({ input }) => ({ __typename: 'PostDeleted', deletedPostId: (input as { id: string }).id }),
  follow: ({ input }, cache) => ({ __typename: 'Followed', user: followed(cache, input, 1) }),
  repost: ({ input }) => ({ __typename: 'Reposted', post: reposted(input, true) }),
  undoRepost: ({ input }) => ({ __typename: 'RepostUndone', post: reposted(input, false) }),
  mute: ({ input }) => ({ __typename: 'UserMuted', user: muted(input, true) }),
  unmute: ({ input }) => ({ __typename: 'UserUnmuted', user: muted(input, false) }),
  unfollow: ({ input }, cache) => ({ __typename: 'Unfollowed', user: followed(cache, input, -1) }),
}

function muted(
  input: unknown,
  mutedByViewer: boolean,
): { __typename: 'User'; id: string; mutedByViewer: boolean; mutedUntil: string | null } {
  const { userId, until = null } = input as { userId: string; until?: string | null }
  return { __typename: 'User', id: userId, mutedByViewer, mutedUntil: until }
}

function reposted(
  input: unknown,
  repostedByViewer: boolean,
): { __typename: 'Post'; id: string; repostedByViewer: boolean } {
  return { __typename: 'Post', id: (input as { postId: string }).postId, repostedByViewer }
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
