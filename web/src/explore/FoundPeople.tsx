import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { PersonList } from '@/people/PersonList'
import { Notice } from '@/ui/Notice'

const PeoplePages = graphql(`
  query SearchUsers($query: String!, $after: String) {
    searchUsers(query: $query, first: 30, after: $after) {
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
`)

/** The accounts whose name or alias begins with a query. */
export function FoundPeople({ query }: { query: string }): JSX.Element {
  const pages = usePagedList(PeoplePages, { query }, (data) => data.searchUsers)
  const noResults = (
    <Notice title={t`No results`}>
      <Trans>No alias or name begins with “{query}”. Try fewer letters.</Trans>
    </Notice>
  )
  return <PersonList label={t`People found for ${query}`} pages={pages} empty={noResults} />
}
