/** A post that was made at `minute`, with all fields that the client requests. */
export const post = (minute: number): object => ({
  __typename: 'Post',
  id: `post ${minute}`,
  createdAt: new Date(Date.UTC(2026, 10, 25, 12, minute)).toISOString(),
  repostedByViewer: false,
  likedByViewer: false,
  bookmarkedByViewer: false,
  replyCount: 0,
  repostCount: 0,
  likeCount: 0,
  repliesTo: null,
  quote: null,
  segments: [],
  media: [],
  author: {
    __typename: 'User',
    id: 'ann',
    alias: 'ann',
    firstName: 'Ann',
    lastName: 'Test',
    isViewer: false,
    isCelebrity: false,
    imageUrl: null,
    imageSrcset: '',
  },
  delivery: null,
})

/** An edge of the feed: a post, or its repost by an account at a later minute. */
export const edge = (minute: number, repostedBy?: string, at = minute): object => ({
  __typename: 'PostEdge',
  cursor: `after ${at}`,
  node: post(minute),
  repost: repostedBy
    ? {
        __typename: 'Repost',
        createdAt: new Date(Date.UTC(2026, 10, 25, 12, at)).toISOString(),
        user: { __typename: 'User', id: repostedBy, alias: repostedBy, firstName: 'A', lastName: 'B', isViewer: false },
      }
    : null,
})
