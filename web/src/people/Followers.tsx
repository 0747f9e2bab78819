import type { JSX } from 'react'

import { usePages } from '@/lists/usePagedList'
import { Canonical } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
import { Notice } from '@/ui/Notice'

import { PersonList } from './PersonList'

const FollowerPages = graphql(`
  query Followers($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      alias
      followers(first: 30, after: $after) {
        edges {
          cursor
          node {
            id
            ...PersonCard
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

export function Followers({ alias }: { alias: string }): JSX.Element {
  const pages = usePages(FollowerPages, { alias }, (data) => data.user?.followers)
  if (pages.data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const people = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  const nobody = (
    <Notice title="No followers yet">Whoever follows @{alias} will be listed here, the latest first.</Notice>
  )
  return (
    <Page title={`Followers of @${alias}`} above={`/@${alias}`}>
      {pages.data?.user && <Canonical alias={pages.data.user.alias} />}
      <PersonList label={`Followers of @${alias}`} people={people} pages={pages} empty={nobody} />
    </Page>
  )
}
