import type { JSX, ReactNode } from 'react'

import type { FragmentType } from '@/gql'
import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'
import { isEmptyList, type ListState } from '@/lists/usePagedList'

import { type PersonCard, PersonRow } from './PersonRow'

export interface PersonNode {
  id: string
  card: FragmentType<typeof PersonCard>
}

interface PersonListProps {
  label: string
  people: readonly PersonNode[]
  pages: ListState
  /** Shown in place of an empty list. */
  empty: ReactNode
}

export function PersonList({ label, people, pages, empty }: PersonListProps): JSX.Element {
  if (isEmptyList(people, pages)) return <>{empty}</>
  return (
    <EndlessList
      label={label}
      role="list"
      items={people}
      keyOf={(person) => person.id}
      row={(person, index) => <PersonRow person={person.card} index={index} />}
      pages={pages}
      foot={<ListFoot pages={pages} isFirst={people.length === 0} label="Loading people" />}
    />
  )
}
