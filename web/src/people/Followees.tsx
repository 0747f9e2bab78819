import type { JSX } from 'react'

import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import { PersonList } from './PersonList'

const FolloweePages = graphql(`
  query Followees($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      alias
      isViewer
      followees(first: 30, after: $after) {
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

export function Followees({ alias }: { alias: string }): JSX.Element {
  const pages = usePagedList(FolloweePages, { alias }, (data) => data.user?.followees)
  if (pages.data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const people = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  return (
    <Page title={`Followed by @${alias}`} parentAddress={`/@${alias}`}>
      {pages.data?.user && <CanonicalAddress alias={pages.data.user.alias} />}
      <PersonList
        label={`Followed by @${alias}`}
        people={people}
        pages={pages}
        empty={<Nobody alias={alias} isViewer={pages.data?.user?.isViewer} />}
      />
    </Page>
  )
}

function Nobody({ alias, isViewer = false }: { alias: string; isViewer: boolean | undefined }): JSX.Element {
  if (!isViewer)
    return <Notice title="Not following anyone yet">People whom @{alias} follows are listed here, newest first.</Notice>
  const find = (
    <ButtonLink look="strong" to="/search">
      Find people
    </ButtonLink>
  )
  return (
    <Notice title="You are not following anyone yet" actions={find}>
      Follow someone to see their posts in your feed.
    </Notice>
  )
}
