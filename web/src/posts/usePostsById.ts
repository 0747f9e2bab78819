import { useQuery } from 'urql'

import { graphql, type FragmentType } from '@/gql'
import type { PostCardFragment } from '@/gql/graphql'

import type { PostCard } from '@/posts/card/PostCard'

export const KnownPosts = graphql(`
  query KnownPosts($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Post {
        id
        createdAt
        ...PostCard
      }
    }
  }
`)

const MOST = 100 // that can be asked for at once

export type KnownPost = FragmentType<typeof PostCard> & Pick<PostCardFragment, 'id' | 'createdAt'>

/** Posts that have come by other ways than a list, as the cache has them now; without those that are gone. */
export function useKnownPosts(ids: readonly string[]): KnownPost[] {
  const [{ data }] = useQuery({ query: KnownPosts, variables: { ids: ids.slice(0, MOST) }, pause: ids.length === 0 })
  if (!data || ids.length === 0) return []
  return data.nodes.filter((node) => node?.__typename === 'Post')
}
