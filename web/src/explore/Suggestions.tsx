import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { PersonRow } from '@/people/PersonRow'

import css from './Discoveries.module.css'
import { type Suggestion, useDiscoveries } from './useDiscoveries'

const ON_AN_EMPTY_FEED = 10

interface SuggestionsProps {
  people: readonly Suggestion[]
  /** Unique on the page. */
  title?: string
}

/** Accounts that the viewer may want to follow. */
export function Suggestions({ people, title = t`Who to follow` }: SuggestionsProps): JSX.Element | null {
  if (people.length === 0) return null
  return (
    <section className={css.section} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <PersonRow person={person} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The suggestions below the notice of an empty feed. */
export default function FeedSuggestions(): JSX.Element | null {
  const { found } = useDiscoveries()
  const people = found?.suggestions.slice(0, ON_AN_EMPTY_FEED) ?? []
  return <Suggestions people={people} title={t`People to start with`} />
}
