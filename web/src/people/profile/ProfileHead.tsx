import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import { formatCount } from '@/lib/text/formatCount'
import { LOCALE } from '@/lib/text/locale'
import { formatDateTime } from '@/lib/text/timeAgo'
import { PersonMenu } from '@/people/relations/PersonMenu'
import { FollowButton } from '@/people/FollowButton'
import { FollowsYou } from '@/people/PersonRow'
import { PostText } from '@/posts/text/PostText'
import textCss from '@/posts/text/PostText.module.css'
import { Avatar } from '@/ui/Avatar'
import { ButtonLink } from '@/ui/Button'
import { Name } from '@/ui/Name'

import css from './ProfileHead.module.css'

const ProfileCard = graphql(`
  fragment ProfileCard on User {
    id
    alias
    firstName
    lastName
    bioSegments {
      kind
      text
      alias
      url
    }
    createdAt
    followerCount
    followeeCount
    isViewer
    followsViewer
    mutedByViewer
    mutedUntil
    blockedByViewer
    blocksViewer
    ...AvatarOf
    ...FollowState
    ...MenuOfPerson
  }
`)

const month = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric' })

export function ProfileHead({ user }: { user: FragmentType<typeof ProfileCard> }): JSX.Element {
  const person = unmask(ProfileCard, user)
  const address = `/@${person.alias}`
  return (
    <section className={css.head} aria-label={`About @${person.alias}`}>
      <div className={css.top}>
        <Avatar user={person} size={96} />
        <div className={css.actions}>
          <PersonMenu person={person} />
          {person.isViewer ? (
            <ButtonLink size="s" to="/settings">
              Edit profile
            </ButtonLink>
          ) : (
            !person.blockedByViewer && !person.blocksViewer && <FollowButton person={person} size="m" />
          )}
        </div>
      </div>
      <h2>
        <Name of={person} />
      </h2>
      <p className={css.soft}>
        @{person.alias}
        {person.followsViewer && <FollowsYou />}
      </p>
      {person.bioSegments.length > 0 && (
        <p className={`${textCss.text} ${css.bio}`} dir="auto">
          <PostText segments={person.bioSegments} />
        </p>
      )}
      {person.mutedByViewer && (
        <p className={css.state}>
          You have muted this account{person.mutedUntil && ` until ${formatDateTime(person.mutedUntil)}`}.
        </p>
      )}
      <ul className={css.counts}>
        <li>
          <Link to={`${address}/followees`}>
            <strong>{formatCount(person.followeeCount)}</strong> following
          </Link>
        </li>
        <li>
          <Link to={`${address}/followers`}>
            <strong>{formatCount(person.followerCount)}</strong> {person.followerCount === 1 ? 'follower' : 'followers'}
          </Link>
        </li>
        <li className={css.soft}>
          Joined <time dateTime={person.createdAt}>{month.format(new Date(person.createdAt))}</time>
        </li>
      </ul>
    </section>
  )
}

/** A placeholder of the profile's head while it is loading. */
export function ProfileHeadSkeleton(): JSX.Element {
  return (
    <div className={css.head} aria-hidden>
      <div className={css.top}>
        <span className={`${css.blank} ${css.face}`} />
      </div>
      <span className={`${css.blank} ${css.blankName}`} />
      <span className={`${css.blank} ${css.blankLine}`} />
      <span className={`${css.blank} ${css.blankLine} ${css.counts}`} />
    </div>
  )
}
