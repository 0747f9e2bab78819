import { type JSX, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'

import { usePages } from '@/lists/usePagedList'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
import { Notice } from '@/ui/Notice'

import { PersonList } from '@/people/PersonList'
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

const PAUSE_MS = 200 // between the last letter and the search

/** The query is in the address, so that the way back leads to what was found. */
export function Search(): JSX.Element {
  const [parameters, setParameters] = useSearchParams()
  const query = parameters.get('q') ?? ''
  const [typed, setTyped] = useState(query)
  const [shown, setShown] = useState(query)
  const [asked, setAsked] = useState(query)
  if (query !== shown) {
    setShown(query)
    // The address follows the letters; by then more of them may have been typed.
    if (query !== asked) setTyped(query)
  }
  useEffect(() => {
    if (typed.trim() === query) return
    const timer = setTimeout(() => {
      // Its reader may be on the way to another page, whose code is yet to come.
      if (location.pathname !== '/search') return
      setAsked(typed.trim())
      setParameters(typed.trim() ? { q: typed.trim() } : {}, { replace: true })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, query, setParameters])
  return (
    <Page title="Find people">
      <div className={css.box}>
        <SearchBox value={typed} onChange={setTyped} isFirst />
      </div>
      {query ? (
        <Found key={query} query={query} />
      ) : (
        <Notice title="Whom are you looking for?">Type the beginning of an alias or of a name.</Notice>
      )}
    </Page>
  )
}

function Found({ query }: { query: string }): JSX.Element {
  const pages = usePages(PeoplePages, { query }, (data) => data.searchUsers)
  const people = pages.edges.map(({ node }) => ({ id: node.id, card: node }))
  const nobody = <Notice title="Nobody found">No alias or name begins with “{query}”. Fewer letters find more.</Notice>
  return <PersonList label={`People found for ${query}`} people={people} pages={pages} empty={nobody} />
}
