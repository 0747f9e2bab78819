import type { JSX } from 'react'

import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
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
  const pages = usePagedList(FollowerPages, { alias }, (data) => data.user?.followers)
  if (pages.data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const people = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  const nobody = <Notice title="No followers yet">People who follow @{alias} are listed here, newest first.</Notice>
  return (
    <Page title={`Followers of @${alias}`} parentAddress={`/@${alias}`}>
      {pages.data?.user && <CanonicalAddress alias={pages.data.user.alias} />}
      <PersonList label={`Followers of @${alias}`} people={people} pages={pages} empty={nobody} />
    </Page>
  )
}
