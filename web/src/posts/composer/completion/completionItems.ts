import type { Client } from 'urql'

import { type FragmentType, graphql } from '@/gql'
import type { AvatarOf } from '@/ui/Avatar'

import type { Token } from './findToken'

const People = graphql(`
  query CompleteAliases($query: String!) {
    searchUsers(query: $query, first: 6) {
      edges {
        node {
          id
          alias
          firstName
          lastName
          ...AvatarOf
        }
      }
      pageInfo {
        hasNextPage # the cache joins the pages of a list by it
      }
    }
  }
`)

const Tags = graphql(`
  query CompleteTags($query: String!) {
    searchTags(query: $query, first: 6) {
      tag
    }
  }
`)

interface Person {
  alias: string
  firstName: string
  lastName: string
}

export interface CompletionItem {
  /** What replaces the beginning. */
  text: string
  person?: Person & FragmentType<typeof AvatarOf>
}

/** Returns mentions or tags that begin so. None if the request fails: completion is only a help. */
export async function findItems(
  client: Client,
  { kind, query }: Pick<Token, 'kind' | 'query'>,
): Promise<CompletionItem[]> {
  if (kind === 'tag') {
    const { data } = await client.query(Tags, { query }).toPromise()
    return data?.searchTags.map(({ tag }) => ({ text: `#${tag}` })) ?? []
  }
  const { data } = await client.query(People, { query }).toPromise()
  return data?.searchUsers.edges.map(({ node }) => ({ text: `@${node.alias}`, person: node })) ?? []
}
