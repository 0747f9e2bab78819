import { t } from '@lingui/core/macro'
import type { JSX, ReactNode } from 'react'

import { graphql } from '@/gql'
import type { PagedList } from '@/lists/usePagedList'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'

import { type PersonEdge, PersonList } from './PersonList'

export const PeopleOfUser = graphql(`
  fragment PeopleOfUser on FollowConnection {
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
`)

interface FollowPageProps {
  title: string
  /** The alias of the address. Its case may differ from the account's alias. */
  alias: string
  pages: PagedList<{ user: { alias: string } | null }, PersonEdge>
  /** Shown in place of an empty list. */
  empty: ReactNode
}

/** A page of followers of an account, or of the accounts that it follows. */
export function FollowPage({ title, alias, pages, empty }: FollowPageProps): JSX.Element {
  if (pages.data?.user === null) return <NotFound title={t`There is no @${alias}`} />
  return (
    <Page title={title} parentAddress={`/@${alias}`}>
      {pages.data?.user && <CanonicalAddress alias={pages.data.user.alias} />}
      <PersonList label={title} pages={pages} empty={empty} />
    </Page>
  )
}
