import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useParams } from 'react-router'

import { isInvalidId } from '@/api/errors'
import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { PostList } from '@/posts/PostList'
import { rowOfPost } from '@/posts/rows'
import { Notice } from '@/ui/Notice'

const TaggedPosts = graphql(`
  query TaggedPosts($tag: String!, $after: String) {
    taggedPosts(tags: [$tag], first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          createdAt
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

/** The posts with the tag of the address. */
export default function TagPage(): JSX.Element {
  const { tag = '' } = useParams()
  return <PostsWith tag={tag} key={tag} />
}

function PostsWith({ tag }: { tag: string }): JSX.Element {
  const pages = usePagedList(TaggedPosts, { tag }, (data) => data.taggedPosts)
  useRefreshOnVisit(pages)
  if (!pages.data && pages.problem && isInvalidId(pages.problem)) return <NotFound title={t`There is no such tag`} />
  const empty = (
    <Notice title={t`No posts yet`}>
      <Trans>Posts with #{tag} will appear here.</Trans>
    </Notice>
  )
  return (
    <Page title={`#${tag}`} parentAddress="/explore">
      <PostList
        label={t`Posts with #${tag}`}
        posts={pages.edges.map(({ node }) => rowOfPost(node))}
        pages={pages}
        empty={empty}
        end={null}
      />
    </Page>
  )
}
