import { graphql } from '@/gql'

/** An edge of the feed. A subscription delivers the same fields. */
export const FeedEdge = graphql(`
  fragment FeedEdge on PostEdge {
    cursor
    node {
      id
      createdAt
      ...PostCard
    }
    repost {
      createdAt
      user {
        id
      }
      ...RepostLineOf
    }
  }
`)

export const FeedPages = graphql(`
  query Feed($first: Int = 20, $after: String) {
    feed(first: $first, after: $after) {
      edges {
        ...FeedEdge
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
