import { graphql } from '@/gql'

export const FeedPages = graphql(`
  query Feed($first: Int = 20, $after: String) {
    feed(first: $first, after: $after) {
      edges {
        ...ListEdge
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
