import { useQuery } from 'urql'

import { MAX_POSTS_PER_REQUEST } from '@/api/limits'
import { graphql } from '@/gql'

import type { PostNode } from './rows'

export const PostsById = graphql(`
  query KnownPosts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Post {
        id
        createdAt
        isReply
        ...PostCard
      }
    }
  }
`)

export type PostById = PostNode & { isReply: boolean }

/** Returns the posts with these ids, without deleted ones. */
export function usePostsById(ids: readonly string[]): PostById[] {
  const [{ data }] = useQuery({
    query: PostsById,
    variables: { ids: ids.slice(0, MAX_POSTS_PER_REQUEST) },
    pause: ids.length === 0,
  })
  if (!data || ids.length === 0) return []
  return data.nodes.filter((node) => node?.__typename === 'Post')
}
