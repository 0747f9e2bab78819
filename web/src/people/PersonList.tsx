import type { JSX, ReactNode } from 'react'

import { isEmpty, type ListState } from '@/lists/usePagedList'
import type { FragmentType } from '@/gql'
import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'

import { PersonRow, type PersonCard } from './PersonRow'

export interface PersonNode {
  id: string
  card: FragmentType<typeof PersonCard>
}

interface PersonListProps {
  label: string
  people: readonly PersonNode[]
  pages: ListState
  /** In the place of a list of nobody. */
  empty: ReactNode
}

export function PersonList({ label, people, pages, empty }: PersonListProps): JSX.Element {
  if (isEmpty(people, pages)) return <>{empty}</>
  return (
    <EndlessList
      label={label}
      role="list"
      items={people}
      keyOf={(person) => person.id}
      row={(person, place) => <PersonRow person={person.card} place={place} />}
      pages={pages}
      foot={<ListFoot pages={pages} isFirst={people.length === 0} label="Loading people" />}
    />
  )
}
