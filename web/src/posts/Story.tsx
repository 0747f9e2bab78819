import type { JSX } from 'react'

import { usePages } from '@/api/usePages'
import { graphql } from '@/gql'
import { Notice } from '@/ui/Notice'

import { PostList } from './PostList'

const StoryPages = graphql(`
  query Story($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      isViewer
      story(first: 20, after: $after) {
        edges {
          cursor
          node {
            id
            ...PostCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export function Story({ alias }: { alias: string }): JSX.Element {
  const pages = usePages(StoryPages, { alias }, (data) => data.user?.story)
  const posts = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  return (
    <PostList
      label={`Posts of @${alias}`}
      posts={posts}
      pages={pages}
      empty={<Notice title="No posts yet" />}
      end={null}
    />
  )
}
