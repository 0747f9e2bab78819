import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { Page } from '@/page/Page'
import { Notice } from '@/ui/Notice'

import { PostList } from './PostList'
import { ListEdge, rowOfEdge } from './rows'

const BookmarkPages = graphql(`
  query Bookmarks($after: String) {
    bookmarks(first: 20, after: $after) {
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

/** The posts that the viewer has bookmarked. A post whose bookmark is removed stays until the next visit. */
export default function Bookmarks(): JSX.Element {
  const pages = usePagedList(BookmarkPages, {}, (data) => data.bookmarks)
  useRefreshOnVisit(pages)
  return (
    <Page title={t`Bookmarks`}>
      <PostList
        label={t`Bookmarks`}
        posts={pages.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge)))}
        pages={pages}
        empty={
          <Notice title={t`No bookmarks yet`}>
            <Trans>Bookmark a post to find it here again. No other account sees your bookmarks.</Trans>
          </Notice>
        }
        end={null}
      />
    </Page>
  )
}
