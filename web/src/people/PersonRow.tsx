import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import { Avatar } from '@/ui/Avatar'
import { Handle } from '@/ui/Handle'
import { Name } from '@/ui/Name'

import { FollowButton } from './FollowButton'
import css from './PersonRow.module.css'

export const PersonCard = graphql(`
  fragment PersonCard on User {
    id
    alias
    firstName
    lastName
    followsViewer
    ...AvatarOf
    ...FollowState
  }
`)

interface PersonRowProps {
  person: FragmentType<typeof PersonCard>
  /** The index in an endless list. */
  index?: number
}

export function PersonRow({ person, index }: PersonRowProps): JSX.Element {
  const user = unmask(PersonCard, person)
  return (
    <div className={css.row}>
      <Link to={`/@${user.alias}`} className={css.who} data-index={index}>
        <Avatar user={user} size={44} index={index ?? 0} />
        <span className={css.names}>
          <Name of={user} className={css.name} />
          <span className={css.alias}>
            <Handle alias={user.alias} />
            {user.followsViewer && <FollowsYou />}
          </span>
        </span>
      </Link>
      <FollowButton person={user} />
    </div>
  )
}

export function FollowsYou(): JSX.Element {
  return (
    <span className={css.tag}>
      <Trans>follows you</Trans>
    </span>
  )
}
