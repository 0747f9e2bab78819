import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type ComponentType, type JSX, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'

import { Page } from '@/page/Page'
import { Notice } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'

import css from './Explore.module.css'
import { FoundPeople } from './FoundPeople'
import { FoundPosts } from './FoundPosts'
import { FoundTags } from './FoundTags'
import { SearchBox } from './SearchBox'
import { Suggestions } from './Suggestions'
import { Trends } from './Trends'
import { useFreshDiscoveries } from './useDiscoveries'

interface Results {
  /** The value of `f` in the address. */
  f: string
  name: MessageDescriptor
  /** Between the last key press and the search, in ms. */
  delayMs: number
  found: ComponentType<{ query: string }>
}

const PEOPLE: Results = { f: 'people', name: msg`People`, delayMs: 200, found: FoundPeople }
const POSTS: Results = { f: 'posts', name: msg`Posts`, delayMs: 500, found: FoundPosts }
const TAGS: Results = { f: 'tags', name: msg`Tags`, delayMs: 200, found: FoundTags }
const TABS = [PEOPLE, POSTS, TAGS]
const MAX_SUGGESTIONS = 5

/** What is new, and the search. The query is in the address, so that Back leads to the results. */
export default function Explore(): JSX.Element {
  const [parameters] = useSearchParams()
  const query = parameters.get('q') ?? ''
  const chosen = TABS.find(({ f }) => f === parameters.get('f'))
  const shown = chosen ?? (/^[#＃]/.test(query) ? TAGS : PEOPLE)
  const { typed, setTyped, search } = useTypedQuery(query, chosen, shown.delayMs)
  const Found = shown.found
  return (
    <Page title={t`Explore`} windowTitle={query ? t`“${query}”: Explore` : undefined}>
      <div className={css.box}>
        <SearchBox value={typed} onChange={setTyped} onSubmit={search} isFirst />
      </div>
      {query ? (
        <>
          <Tabs
            label={t`What to search for`}
            tabs={TABS.map((tab) => ({
              name: i18n._(tab.name),
              to: `?${addressOf(query, tab)}`,
              isCurrent: tab === shown,
            }))}
          />
          <Found key={query} query={query} />
        </>
      ) : (
        <Discoveries />
      )}
    </Page>
  )
}

function Discoveries(): JSX.Element {
  const { found, hasFailed } = useFreshDiscoveries()
  if (!found && !hasFailed) return <Skeletons label={t`Loading`} />
  const hasNone = !found || (found.trends.length === 0 && found.suggestions.length === 0)
  if (hasNone) {
    return (
      <Notice title={t`Search Tweeter`}>
        <Trans>Type the beginning of a name, an alias or a tag, or words of a post.</Trans>
      </Notice>
    )
  }
  return (
    <>
      <Suggestions people={found.suggestions.slice(0, MAX_SUGGESTIONS)} />
      <Trends trends={found.trends} />
    </>
  )
}

/** What is typed. It becomes the query of the address after a pause, or at once by `search`. */
function useTypedQuery(
  query: string,
  tab: Results | undefined,
  delayMs: number,
): { typed: string; setTyped: (typed: string) => void; search: () => void } {
  const [, setParameters] = useSearchParams()
  const [typed, setTyped] = useState(query)
  const [shown, setShown] = useState(query)
  const [asked, setAsked] = useState(query)
  if (query !== shown) {
    setShown(query)
    // The address is updated with a delay. Meanwhile, the user may have typed more letters.
    if (query !== asked) setTyped(query)
  }
  const wanted = typed.trim()
  const search = (): void => {
    if (wanted === query) return
    setAsked(wanted)
    setParameters(addressOf(wanted, tab), { replace: true })
  }
  useEffect(() => {
    if (wanted === query) return
    const timer = setTimeout(() => {
      // The user may have opened another page whose code is still loading.
      if (location.pathname !== '/explore') return
      setAsked(wanted)
      setParameters(addressOf(wanted, tab), { replace: true })
    }, delayMs)
    return () => clearTimeout(timer)
  }, [wanted, query, tab, delayMs, setParameters])
  return { typed, setTyped, search }
}

function addressOf(query: string, tab: Results | undefined): URLSearchParams {
  return new URLSearchParams({ ...(query && { q: query }), ...(tab && { f: tab.f }) })
}
