import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useSearchParams } from 'react-router'
import { useQuery } from 'urql'

import { describeError } from '@/api/errors'
import { graphql } from '@/gql'
import type { ProfileQuery, StoryKind } from '@/gql/graphql'
import { displayName } from '@/lib/text/displayName'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { siteOrigin } from '@/page/siteOrigin'
import { LikedPosts } from '@/posts/LikedPosts'
import { Story, useStory } from '@/posts/Story'
import { useSession } from '@/session/session'
import { LoadError, Notice } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'
import { BlankTabs, Tabs } from '@/ui/Tabs'

import { ProfileHead, ProfileHeadSkeleton } from './ProfileHead'

const ProfileOf = graphql(`
  query Profile($alias: String!) {
    user(alias: $alias) {
      id
      alias
      firstName
      lastName
      isViewer
      blockedByViewer
      blocksViewer
      ...ProfileCard
    }
  }
`)

type TabKind = StoryKind | 'LIKE'

const TABS: { kind: TabKind; show: string | null; name: MessageDescriptor }[] = [
  { kind: 'POST', show: null, name: msg`Posts` },
  { kind: 'REPLY', show: 'replies', name: msg`Replies` },
  { kind: 'REPOST', show: 'reposts', name: msg`Reposts` },
  { kind: 'MEDIA', show: 'media', name: msg`Media` },
  { kind: 'LIKE', show: 'likes', name: msg`Likes` },
]

/** Only the account itself sees what it likes. */
const tabsOf = (isOwn: boolean): typeof TABS => TABS.filter(({ kind }) => isOwn || kind !== 'LIKE')

/** Loads the head and the posts in parallel and shows them together, so that the layout does not shift. */
export function Profile({ alias }: { alias: string }): JSX.Element {
  const [{ data, error }, read] = useQuery({
    query: ProfileOf,
    variables: { alias },
    requestPolicy: 'cache-and-network',
  })
  const [parameters] = useSearchParams()
  const isOwn = useSession()?.alias.toLowerCase() === alias.toLowerCase()
  const kind = tabsOf(isOwn).find(({ show }) => show === parameters.get('show'))?.kind ?? 'POST'
  const story = useStory(alias, kind === 'LIKE' ? 'POST' : kind)
  if (data?.user === null) return <NotFound title={t`There is no @${alias}`} />
  const user = data?.user
  const retry = (): void => {
    read({ requestPolicy: 'network-only' })
    if (story.problem) story.retry()
  }
  const isShown = user && (story.data ?? story.problem)
  return (
    <Page title={user ? displayName(user) : `@${alias}`} parentAddress="/">
      {user && <CanonicalAddress alias={user.alias} />}
      {user && <link rel="alternate" type="application/rss+xml" href={`${siteOrigin}/@${user.alias}/feed.xml`} />}
      {isShown && <ProfileHead user={user} />}
      {isShown && <Posts user={user} kind={kind} story={story} />}
      {!user && error && <LoadError message={describeError(error)} retry={retry} />}
      {!isShown && (user || !error) && <ProfileSkeleton />}
    </Page>
  )
}

interface PostsProps {
  user: NonNullable<ProfileQuery['user']>
  kind: TabKind
  story: ReturnType<typeof useStory>
}

function Posts({ user: { alias, isViewer, blockedByViewer, blocksViewer }, kind, story }: PostsProps): JSX.Element {
  if (blockedByViewer) {
    return (
      <Notice title={t`You have blocked this account`}>
        <Trans>You do not see each other’s posts until you unblock it.</Trans>
      </Notice>
    )
  }
  if (blocksViewer) {
    return (
      <Notice title={t`This account has blocked you`}>
        <Trans>You do not see each other’s posts.</Trans>
      </Notice>
    )
  }
  return (
    <>
      <Tabs
        label={t`Posts of @${alias}`}
        tabs={tabsOf(isViewer).map(({ kind: other, show, name }) => ({
          name: i18n._(name),
          to: show ? `?show=${show}` : '?',
          isCurrent: other === kind,
        }))}
      />
      {kind === 'LIKE' ? <LikedPosts /> : <Story key={kind} alias={alias} kind={kind} pages={story} />}
    </>
  )
}

function ProfileSkeleton(): JSX.Element {
  return (
    <>
      <ProfileHeadSkeleton />
      <BlankTabs />
      <Skeletons label={t`Loading the profile`} />
    </>
  )
}
