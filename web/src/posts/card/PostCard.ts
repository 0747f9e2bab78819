import { graphql } from '@/gql'

/** The fields of a post that are shown. */
export const PostCard = graphql(`
  fragment PostCard on Post {
    id
    createdAt
    repostedByViewer
    likedByViewer
    bookmarkedByViewer
    replyCount
    repostCount
    likeCount
    repliesTo {
      id
      alias
    }
    quote {
      hiddenBecause
      post {
        id
        ...QuotedPost
      }
    }
    segments {
      kind
      text
      alias
      url
      tag
    }
    author {
      id
      alias
      firstName
      lastName
      isViewer
      isCelebrity
      ...AvatarOf
    }
    media {
      ...PictureOf
    }
    delivery {
      state
      targets
      delivered
    }
  }
`)
