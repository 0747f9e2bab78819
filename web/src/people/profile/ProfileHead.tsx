import type { JSX } from 'react'
import { Link } from 'react-router'

import { graphql, unmask, type FragmentType } from '@/gql'
import { Avatar } from '@/ui/Avatar'
import { ButtonLink } from '@/ui/Button'
import { LOCALE } from '@/lib/text/locale'
import { Name } from '@/ui/Name'

import { count } from '@/lib/text/formatCount'
import { FollowButton } from '@/people/FollowButton'
import { FollowsYou } from '@/people/PersonRow'
import css from './ProfileHead.module.css'

const ProfileCard = graphql(`
  fragment ProfileCard on User {
    id
    alias
    firstName
    lastName
    createdAt
    followerCount
    followeeCount
    isViewer
    followsViewer
    ...AvatarOf
    ...FollowState
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
        {person.isViewer ? (
          <ButtonLink size="s" to="/settings">
            Edit profile
          </ButtonLink>
        ) : (
          <FollowButton person={person} size="m" />
        )}
      </div>
      <h2>
        <Name of={person} />
      </h2>
      <p className={css.soft}>
        @{person.alias}
        {person.followsViewer && <FollowsYou />}
      </p>
      <ul className={css.counts}>
        <li>
          <Link to={`${address}/followees`}>
            <strong>{count(person.followeeCount)}</strong> following
          </Link>
        </li>
        <li>
          <Link to={`${address}/followers`}>
            <strong>{count(person.followerCount)}</strong> {person.followerCount === 1 ? 'follower' : 'followers'}
          </Link>
        </li>
        <li className={css.soft}>
          Here since <time dateTime={person.createdAt}>{month.format(new Date(person.createdAt))}</time>
        </li>
      </ul>
    </section>
  )
}

/** The shape of a profile's head while it is on its way. */
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
