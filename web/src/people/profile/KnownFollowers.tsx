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
    alias
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
  const { alias, knownFollowers } = unmask(KnownFollowersOf, of)
  const { edges, pageInfo } = knownFollowers
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
        <Followers people={people} hasMore={pageInfo.hasNextPage} all={`/@${alias}/known_followers`} />
      </span>
    </p>
  )
}

interface FollowersProps {
  people: readonly Person[]
  hasMore: boolean
  /** The address of the page of all of them. */
  all: string
}

function Followers({ people, hasMore, all }: FollowersProps): JSX.Element {
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
        Followed by {one}, {two} and <Link to={all}>more than {least} others you follow</Link>
      </Trans>
    )
  }
  return (
    <Trans>
      Followed by {one}, {two} and{' '}
      <Link to={all}>
        <Plural value={others} one="# more you follow" other="# more you follow" />
      </Link>
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
