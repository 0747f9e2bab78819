// What Relay's compiler reads: each query, mutation and subscription becomes an artifact that relay.mjs imports.
import { graphql } from 'relay-runtime'

graphql`
  query documentsFeedQuery($after: String) {
    feed(first: 5, after: $after) @connection(key: "documents_feed") {
      __id
      edges {
        node {
          id
          text
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

graphql`
  query documentsStoryQuery($id: ID!) {
    node(id: $id) {
      ... on User {
        story(first: 10) @connection(key: "documents_story") {
          __id
          edges {
            node {
              id
              text
            }
          }
        }
      }
    }
  }
`

graphql`
  mutation documentsDeletePostMutation($id: ID!, $connections: [ID!]!) {
    deletePost(input: { id: $id }) {
      __typename
      ... on PostDeleted {
        deletedPostId @deleteEdge(connections: $connections)
        record: deletedPostId @deleteRecord
      }
    }
  }
`

graphql`
  query documentsSessionsQuery {
    sessions {
      id
      isCurrent
    }
  }
`

graphql`
  mutation documentsEndSessionMutation($id: ID!) {
    endSession(input: { id: $id }) {
      __typename
      ... on SessionEnded {
        endedSessionId @deleteRecord
      }
    }
  }
`

graphql`
  subscription documentsUpdatesSubscription($connections: [ID!]!) {
    feedUpdates @prependNode(connections: $connections, edgeTypeName: "PostEdge") {
      id
      text
    }
  }
`
