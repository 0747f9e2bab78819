import { t } from '@lingui/core/macro'
import type { JSX, ReactNode } from 'react'

import type { FragmentType } from '@/gql'
import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'
import { isEmptyList, type PagedList } from '@/lists/usePagedList'

import { type PersonCard, PersonRow } from './PersonRow'

export interface PersonEdge {
  node: { id: string } & FragmentType<typeof PersonCard>
}

interface PersonListProps {
  label: string
  pages: PagedList<unknown, PersonEdge>
  /** Shown in place of an empty list. */
  empty: ReactNode
}

export function PersonList({ label, pages, empty }: PersonListProps): JSX.Element {
  const people = pages.edges.map(({ node }) => node)
  if (isEmptyList(people, pages)) return <>{empty}</>
  return (
    <EndlessList
      label={label}
      role="list"
      items={people}
      keyOf={(person) => person.id}
      row={(person, index) => <PersonRow person={person} index={index} />}
      pages={pages}
      foot={<ListFoot pages={pages} isFirst={people.length === 0} label={t`Loading people`} />}
    />
  )
}
