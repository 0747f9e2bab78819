import type { JSX } from 'react'

import { usePages } from '@/lists/usePagedList'
import { Canonical } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
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
  const pages = usePages(FolloweePages, { alias }, (data) => data.user?.followees)
  if (pages.data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const people = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  return (
    <Page title={`Followed by @${alias}`} above={`/@${alias}`}>
      {pages.data?.user && <Canonical alias={pages.data.user.alias} />}
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
    return <Notice title="Nobody yet">Whomever @{alias} follows will be listed here, the latest first.</Notice>
  const find = (
    <ButtonLink look="strong" to="/search">
      Find people
    </ButtonLink>
  )
  return (
    <Notice title="You follow nobody yet" actions={find}>
      Follow somebody, and their posts are in your feed at once.
    </Notice>
  )
}
