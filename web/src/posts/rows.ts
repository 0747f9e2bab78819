import { type FragmentType, graphql } from '@/gql'
import type { PostCard } from '@/posts/card/PostCard'
import type { RepostLineOf } from '@/posts/card/RepostLine'

/** An edge of the feed or of a story. A subscription delivers the same fields. */
export const ListEdge = graphql(`
  fragment ListEdge on PostEdge {
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

export type PostNode = { id: string; createdAt: string } & FragmentType<typeof PostCard>

/** A row of a list of posts. */
export interface PostRow {
  /** The post's id, or the cursor of a repost: a list may have a post twice. */
  id: string
  /** What the list is ordered by. */
  createdAt: string
  /** Its place in the list. Missing for posts that were just sent. */
  cursor?: string
  post: PostNode
  repost?: ({ createdAt: string } & FragmentType<typeof RepostLineOf>) | null | undefined
}

interface Edge {
  cursor: string
  node: PostNode
  repost?: PostRow['repost']
}

export const rowOfPost = (post: PostNode): PostRow => ({ id: post.id, createdAt: post.createdAt, post })

export function rowOfEdge({ cursor, node, repost }: Edge): PostRow {
  return repost
    ? { id: cursor, cursor, createdAt: repost.createdAt, post: node, repost }
    : { ...rowOfPost(node), cursor }
}
