import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'

import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { Page } from '@/page/Page'
import { PersonList } from '@/people/PersonList'
import { Notice } from '@/ui/Notice'

import css from './Search.module.css'
import { SearchBox } from './SearchBox'

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

const DELAY_MS = 200 // between the last key press and the search

/** The search page. The query is in the address, so that Back leads to the results. */
export function Search(): JSX.Element {
  const [parameters, setParameters] = useSearchParams()
  const query = parameters.get('q') ?? ''
  const [typed, setTyped] = useState(query)
  const [shown, setShown] = useState(query)
  const [asked, setAsked] = useState(query)
  if (query !== shown) {
    setShown(query)
    // The address is updated with a delay. Meanwhile, the user may have typed more letters.
    if (query !== asked) setTyped(query)
  }
  useEffect(() => {
    if (typed.trim() === query) return
    const timer = setTimeout(() => {
      // The user may have opened another page whose code is still loading.
      if (location.pathname !== '/search') return
      setAsked(typed.trim())
      setParameters(typed.trim() ? { q: typed.trim() } : {}, { replace: true })
    }, DELAY_MS)
    return () => clearTimeout(timer)
  }, [typed, query, setParameters])
  return (
    <Page title={t`Find people`}>
      <div className={css.box}>
        <SearchBox value={typed} onChange={setTyped} isFirst />
      </div>
      {query ? (
        <Found key={query} query={query} />
      ) : (
        <Notice title={t`Search for people`}>
          <Trans>Type the beginning of a name or an alias.</Trans>
        </Notice>
      )}
    </Page>
  )
}

function Found({ query }: { query: string }): JSX.Element {
  const pages = usePagedList(PeoplePages, { query }, (data) => data.searchUsers)
  const noResults = (
    <Notice title={t`No results`}>
      <Trans>No alias or name begins with “{query}”. Try fewer letters.</Trans>
    </Notice>
  )
  return <PersonList label={t`People found for ${query}`} pages={pages} empty={noResults} />
}
