import { graphql } from '@/gql'
import type { NotificationsQuery } from '@/gql/graphql'

/** A post of the viewer that others have liked or reposted. */
export const NotifiedPost = graphql(`
  fragment NotifiedPost on Post {
    id
    segments {
      text
    }
    author {
      id
      alias
    }
  }
`)

export const Actor = graphql(`
  fragment Actor on User {
    id
    alias
    firstName
    lastName
    ...AvatarOf
  }
`)

export const NotificationPages = graphql(`
  query Notifications($kinds: [NotificationKind!], $after: String) {
    notifications(first: 20, after: $after, kinds: $kinds) {
      edges {
        cursor
        node {
          id
          at
          isUnread
          ... on MentionNotification {
            post {
              id
              ...PostCard
            }
          }
          ... on ReplyNotification {
            post {
              id
              ...PostCard
            }
          }
          ... on QuoteNotification {
            post {
              id
              ...PostCard
            }
          }
          ... on LikeNotification {
            post {
              ...NotifiedPost
            }
            users {
              ...Actor
            }
            count
          }
          ... on RepostNotification {
            post {
              ...NotifiedPost
            }
            users {
              ...Actor
            }
            count
          }
          ... on FollowNotification {
            users {
              ...Actor
            }
            count
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      readMarker
    }
  }
`)

export type Notification = NotificationsQuery['notifications']['edges'][number]['node']
