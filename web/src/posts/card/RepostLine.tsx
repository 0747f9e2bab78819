import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import { Icon } from '@/ui/Icon'
import { Name } from '@/ui/Name'

import css from './Post.module.css'

export const RepostLineOf = graphql(`
  fragment RepostLineOf on Repost {
    createdAt
    user {
      id
      alias
      firstName
      lastName
      isViewer
    }
  }
`)

/** Says above a post who has reposted it. */
export function RepostLine({ repost, id }: { repost: FragmentType<typeof RepostLineOf>; id: string }): JSX.Element {
  const { user } = unmask(RepostLineOf, repost)
  const profile = `/@${user.alias}`
  return (
    <p className={css.reason} id={id}>
      <Icon name="repost" size={14} />
      <span>
        {user.isViewer ? (
          <Trans>
            <Link to={profile}>You</Link> reposted
          </Trans>
        ) : (
          <Trans>
            <Link to={profile}>
              <Name of={user} />
            </Link>{' '}
            reposted
          </Trans>
        )}
      </span>
    </p>
  )
}
