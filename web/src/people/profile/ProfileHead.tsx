import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import { formatCount, formatDateTime, formatMonth } from '@/lib/i18n/format'
import { PersonMenu } from '@/people/relations/PersonMenu'
import { FollowButton } from '@/people/FollowButton'
import { FollowsYou } from '@/people/PersonRow'
import { PostText } from '@/posts/text/PostText'
import textCss from '@/posts/text/PostText.module.css'
import { Avatar } from '@/ui/Avatar'
import { ButtonLink, IconLink } from '@/ui/Button'
import { Handle } from '@/ui/Handle'
import { Name } from '@/ui/Name'

import { KnownFollowers } from './KnownFollowers'
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
      tag
    }
    createdAt
    postCount
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
    ...KnownFollowersOf
  }
`)

export function ProfileHead({ user }: { user: FragmentType<typeof ProfileCard> }): JSX.Element {
  const person = unmask(ProfileCard, user)
  const { alias, postCount, followerCount } = person
  const address = `/@${alias}`
  const posts = formatCount(postCount)
  const following = formatCount(person.followeeCount)
  const followers = formatCount(followerCount)
  const joined = formatMonth(person.createdAt)
  return (
    <section className={css.head} aria-label={t`About @${alias}`}>
      <div className={css.top}>
        <Avatar user={person} size={96} />
        <div className={css.actions}>
          <PersonMenu person={person} />
          {person.isViewer ? (
            <>
              <IconLink icon="bookmark" label={t`Bookmarks`} to="/bookmarks" className={css.onPhones ?? ''} />
              <ButtonLink size="s" to="/settings">
                <Trans>Edit profile</Trans>
              </ButtonLink>
            </>
          ) : (
            !person.blockedByViewer && !person.blocksViewer && <FollowButton person={person} size="m" />
          )}
        </div>
      </div>
      <h2>
        <Name of={person} />
      </h2>
      <p className={css.soft}>
        <Handle alias={alias} />
        {person.followsViewer && <FollowsYou />}
      </p>
      {person.bioSegments.length > 0 && (
        <p className={`${textCss.text} ${css.bio}`} dir="auto">
          <PostText segments={person.bioSegments} />
        </p>
      )}
      {person.mutedByViewer && (
        <p className={css.state}>
          <Muted until={person.mutedUntil} />
        </p>
      )}
      <ul className={css.counts}>
        <li className={css.soft}>
          {/* eslint-disable-next-line lingui/no-single-variables-to-translate -- the text is in the plural */}
          <Trans>
            <strong>{posts}</strong> <Plural value={postCount} one="post" other="posts" />
          </Trans>
        </li>
        <li>
          <Link to={`${address}/followees`}>
            <Trans>
              <strong>{following}</strong> following
            </Trans>
          </Link>
        </li>
        <li>
          <Link to={`${address}/followers`}>
            {/* eslint-disable-next-line lingui/no-single-variables-to-translate -- the text is in the plural */}
            <Trans>
              <strong>{followers}</strong> <Plural value={followerCount} one="follower" other="followers" />
            </Trans>
          </Link>
        </li>
        <li className={css.soft}>
          <Trans>
            Joined <time dateTime={person.createdAt}>{joined}</time>
          </Trans>
        </li>
      </ul>
      {!person.isViewer && <KnownFollowers of={person} />}
    </section>
  )
}

function Muted({ until }: { until: string | null | undefined }): JSX.Element {
  if (!until) return <Trans>You have muted this account.</Trans>
  const end = formatDateTime(until)
  return <Trans>You have muted this account until {end}.</Trans>
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
