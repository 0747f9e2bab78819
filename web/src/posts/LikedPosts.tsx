import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { Notice } from '@/ui/Notice'

import { PostList } from './PostList'
import { ListEdge, rowOfEdge } from './rows'

const LikedPages = graphql(`
  query LikedPosts($after: String) {
    likedPosts(first: 20, after: $after) {
      edges {
        ...ListEdge
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** Lists the posts that the viewer likes. A post whose like is taken back stays until the next visit. */
export function LikedPosts(): JSX.Element {
  const pages = usePagedList(LikedPages, {}, (data) => data.likedPosts)
  useRefreshOnVisit(pages)
  return (
    <PostList
      label={t`Posts that you like`}
      posts={pages.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge)))}
      pages={pages}
      empty={
        <Notice title={t`No likes yet`}>
          <Trans>Posts that you like will appear here. No other account sees this list.</Trans>
        </Notice>
      }
      end={null}
    />
  )
}
