import { useQuery } from 'urql'

import { type FragmentType, graphql } from '@/gql'
import type { PostCardFragment } from '@/gql/graphql'
import type { PostCard } from '@/posts/card/PostCard'

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

const MAX_IDS = 40 // more cost more than the server accepts in one request

export type PostById = FragmentType<typeof PostCard> & Pick<PostCardFragment, 'id' | 'createdAt'> & { isReply: boolean }

/** Returns the posts with these ids, without deleted ones. */
export function usePostsById(ids: readonly string[]): PostById[] {
  const [{ data }] = useQuery({ query: PostsById, variables: { ids: ids.slice(0, MAX_IDS) }, pause: ids.length === 0 })
  if (!data || ids.length === 0) return []
  return data.nodes.filter((node) => node?.__typename === 'Post')
}
