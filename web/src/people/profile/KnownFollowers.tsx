import { Plural, Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import type { KnownFollowersOfFragment } from '@/gql/graphql'
import { formatNumber } from '@/lib/i18n/format'
import { Avatar } from '@/ui/Avatar'
import { Name } from '@/ui/Name'

import css from './KnownFollowers.module.css'

const KnownFollowersOf = graphql(`
  fragment KnownFollowersOf on User {
    knownFollowers(first: 20) {
      edges {
        node {
          id
          alias
          firstName
          lastName
          ...AvatarOf
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`)

type Person = KnownFollowersOfFragment['knownFollowers']['edges'][number]['node']

const MAX_FACES = 3

/** Who follows an account of those whom the viewer follows. */
export function KnownFollowers({ of }: { of: FragmentType<typeof KnownFollowersOf> }): JSX.Element | null {
  const { edges, pageInfo } = unmask(KnownFollowersOf, of).knownFollowers
  const people = edges.map(({ node }) => node)
  if (people.length === 0) return null
  return (
    <p className={css.known}>
      <span className={css.faces}>
        {people.slice(0, MAX_FACES).map((person) => (
          <Avatar key={person.id} user={person} size={24} />
        ))}
      </span>
      <span>
        <Followers people={people} hasMore={pageInfo.hasNextPage} />
      </span>
    </p>
  )
}

function Followers({ people, hasMore }: { people: readonly Person[]; hasMore: boolean }): JSX.Element {
  const [first, second] = people
  const one = first && <Person person={first} />
  const two = second && <Person person={second} />
  const others = people.length - 2
  if (!two) return <Trans>Followed by {one}, whom you follow</Trans>
  if (others === 0) {
    return (
      <Trans>
        Followed by {one} and {two}, whom you follow
      </Trans>
    )
  }
  if (hasMore) {
    const least = formatNumber(others)
    return (
      <Trans>
        Followed by {one}, {two} and more than {least} others you follow
      </Trans>
    )
  }
  return (
    <Trans>
      Followed by {one}, {two} and <Plural value={others} one="# more you follow" other="# more you follow" />
    </Trans>
  )
}

function Person({ person }: { person: Person }): JSX.Element {
  return (
    <Link to={`/@${person.alias}`}>
      <Name of={person} />
    </Link>
  )
}
