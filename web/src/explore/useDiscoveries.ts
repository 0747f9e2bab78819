import { useState } from 'react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'
import type { DiscoveriesQuery } from '@/gql/graphql'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { useSession } from '@/session/session'

import { followedOf, shownSuggestions } from './shownSuggestions'

/** More suggestions than are shown: those that the viewer follows make room for the next ones. */
const Discoveries = graphql(`
  query Discoveries($isSignedIn: Boolean!) {
    trends(first: 10) {
      tag
      postCount
    }
    suggestedUsers(first: 20) @include(if: $isSignedIn) {
      id
      followedByViewer
      mutedByViewer
      blockedByViewer
      blocksViewer
      ...PersonCard
    }
  }
`)

export type Suggestion = NonNullable<DiscoveriesQuery['suggestedUsers']>[number]

interface Discovered {
  trends: DiscoveriesQuery['trends']
  suggestions: Suggestion[]
}

interface Discoveries {
  /** Null until they are loaded. Both are shown together, so that neither moves the other. */
  found: Discovered | null
  hasFailed: boolean
  refresh: () => Promise<void>
}

/** Returns what the viewer may want to read, and whom they may want to follow. */
export function useDiscoveries(): Discoveries {
  const isSignedIn = useSession() !== null
  const [{ data, error }, read] = useQuery({ query: Discoveries, variables: { isSignedIn } })
  const suggestions = useUnfollowed(data?.suggestedUsers ?? [])
  return {
    found: data ? { trends: data.trends, suggestions } : null,
    hasFailed: !data && Boolean(error),
    refresh: () => {
      read({ requestPolicy: 'network-only' })
      return Promise.resolve()
    },
  }
}

/** Like `useDiscoveries`, renewed by each new visit of the page. */
export function useFreshDiscoveries(): Discoveries {
  const discoveries = useDiscoveries()
  useRefreshOnVisit({ data: discoveries.found, refresh: discoveries.refresh })
  return discoveries
}

/** Leaves out whom the viewer followed before they were shown. Who is followed here stays, and nothing moves. */
function useUnfollowed(all: readonly Suggestion[]): Suggestion[] {
  const ids = all.map(({ id }) => id).join()
  const [before, setBefore] = useState({ ids: '', followed: followedOf([]) })
  const isNew = before.ids !== ids
  const followed = isNew ? followedOf(all) : before.followed
  if (isNew) setBefore({ ids, followed })
  return shownSuggestions(all, followed)
}
