import type { JSX } from 'react'

import { usePages } from '@/api/usePages'
import { Page } from '@/app/Page'
import { graphql } from '@/gql'
import { PostList } from '@/posts/PostList'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

const FeedPages = graphql(`
  query Feed($after: String) {
    feed(first: 20, after: $after) {
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
`)

export default function Home(): JSX.Element {
  const pages = usePages(FeedPages, {}, (data) => data.feed)
  const posts = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  return (
    <Page title="Home">
      <PostList label="Home feed" posts={posts} pages={pages} empty={<Quiet />} end={<End />} />
    </Page>
  )
}

function Quiet(): JSX.Element {
  const find = (
    <ButtonLink look="strong" to="/search">
      Find people
    </ButtonLink>
  )
  return (
    <Notice title="Your feed is quiet" actions={find}>
      It shows the posts of the people you follow, newest first.
    </Notice>
  )
}

function End(): JSX.Element {
  return <Notice title="That is all">You have read back to the very first post.</Notice>
}
