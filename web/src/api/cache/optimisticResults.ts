import type { Cache, OptimisticMutationConfig } from '@urql/exchange-graphcache'

const LIKE = { flag: 'likedByViewer', count: 'likeCount' } as const
const REPOST = { flag: 'repostedByViewer', count: 'repostCount' } as const

/** The expected results of mutations. The cache reverts one if the server returns something else. */
export const optimisticResults: OptimisticMutationConfig = {
  deletePost: ({ input }) => ({ __typename: 'PostDeleted', deletedPostId: (input as { id: string }).id }),
  follow: ({ input }, cache) => ({ __typename: 'Followed', user: followed(cache, input, 1) }),
  like: ({ input }, cache) => ({ __typename: 'Liked', post: toggled(cache, input, LIKE, true) }),
  unlike: ({ input }, cache) => ({ __typename: 'Unliked', post: toggled(cache, input, LIKE, false) }),
  repost: ({ input }, cache) => ({ __typename: 'Reposted', post: toggled(cache, input, REPOST, true) }),
  undoRepost: ({ input }, cache) => ({ __typename: 'RepostUndone', post: toggled(cache, input, REPOST, false) }),
  bookmark: ({ input }) => ({ __typename: 'Bookmarked', post: bookmarked(input, true) }),
  removeBookmark: ({ input }) => ({ __typename: 'BookmarkRemoved', post: bookmarked(input, false) }),
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

interface ToggledPost {
  __typename: 'Post'
  id: string
  [field: string]: string | number | boolean
}

/** Returns a post with a flag of the viewer, and with the count of all accounts that have set it. */
function toggled(
  cache: Cache,
  input: unknown,
  { flag, count }: typeof LIKE | typeof REPOST,
  isOn: boolean,
): ToggledPost {
  const post = { __typename: 'Post', id: postIdOf(input) } as const
  const known = cache.resolve(post, count)
  const change = Number(isOn) - Number(cache.resolve(post, flag) === true)
  return { ...post, [flag]: isOn, [count]: Math.max(0, (typeof known === 'number' ? known : 0) + change) }
}

function bookmarked(input: unknown, bookmarkedByViewer: boolean): ToggledPost {
  return { __typename: 'Post', id: postIdOf(input), bookmarkedByViewer }
}

const postIdOf = (input: unknown): string => (input as { postId: string }).postId

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
