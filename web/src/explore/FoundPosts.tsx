import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useState } from 'react'

import { graphql } from '@/gql'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { PostList } from '@/posts/PostList'
import { rowOfPost } from '@/posts/rows'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import css from './Explore.module.css'

const PostPages = graphql(`
  query SearchPosts($query: String!, $after: String) {
    searchPosts(query: $query, first: 20, after: $after) {
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

const MAX_FRUITLESS = 5 // pages without a post in a row

/** The posts that have all words of a query. */
export function FoundPosts({ query }: { query: string }): JSX.Element {
  const all = usePagedList(PostPages, { query }, (data) => data.searchPosts)
  const { pages, goOn } = useWithPauses(all)
  const older = goOn && (
    <div className={css.older}>
      <p>
        <Trans>Few posts have these words.</Trans>
      </p>
      <Button size="s" onClick={goOn}>
        <Trans>Search older posts</Trans>
      </Button>
    </div>
  )
  const noResults = (
    <Notice title={t`No results`}>
      <Trans>No post has all the words of “{query}”. Try fewer words.</Trans>
    </Notice>
  )
  return (
    <PostList
      label={t`Posts found for ${query}`}
      posts={pages.edges.map(({ node }) => rowOfPost(node))}
      pages={pages}
      empty={older ?? noResults}
      end={older}
    />
  )
}

/**
 * Stops loading after MAX_FRUITLESS pages without a new row: a page of a search may be empty and have a next one. `goOn` then
 * loads more.
 */
function useWithPauses<Data, Edge>(
  all: PagedList<Data, Edge>,
): { pages: PagedList<Data, Edge>; goOn: (() => void) | null } {
  const [{ rows, loads }, setProgress] = useState({ rows: 0, loads: 0 })
  const count = all.edges.length
  const fruitless = count === rows ? loads : 0
  const isPaused = all.hasMore && !all.isLoading && fruitless >= MAX_FRUITLESS
  const load = (earlier: number): void => {
    setProgress({ rows: count, loads: earlier + 1 })
    all.loadMore()
  }
  const pages = { ...all, hasMore: all.hasMore && !isPaused, loadMore: () => load(fruitless) }
  return { pages, goOn: isPaused ? () => load(0) : null }
}
