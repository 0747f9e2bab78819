import type { JSX } from 'react'
import { useQuery } from 'urql'

import { describe } from '@/api/errors'
import { Canonical } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
import { Story, useStory } from '@/posts/Story'
import { nameOf } from '@/lib/text/displayName'
import { Failed } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import { ProfileHead, ProfileHeadSkeleton } from './ProfileHead'

const ProfileOf = graphql(`
  query Profile($alias: String!) {
    user(alias: $alias) {
      id
      alias
      firstName
      lastName
      ...ProfileCard
    }
  }
`)

/** The head and the posts are read side by side and shown together, so that neither pushes the other away. */
export function Profile({ alias }: { alias: string }): JSX.Element {
  const [{ data, error }, read] = useQuery({
    query: ProfileOf,
    variables: { alias },
    requestPolicy: 'cache-and-network',
  })
  const story = useStory(alias)
  if (data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const user = data?.user
  const retry = (): void => {
    read({ requestPolicy: 'network-only' })
    if (story.problem) story.retry()
  }
  const isShown = user && (story.data ?? story.problem)
  return (
    <Page title={user ? nameOf(user) : `@${alias}`} above="/">
      {user && <Canonical alias={user.alias} />}
      {isShown && <ProfileHead user={user} />}
      {isShown && <Story alias={user.alias} pages={story} />}
      {!user && error && <Failed message={describe(error)} retry={retry} />}
      {!isShown && (user || !error) && <ProfileSkeleton />}
    </Page>
  )
}

function ProfileSkeleton(): JSX.Element {
  return (
    <>
      <ProfileHeadSkeleton />
      <Skeletons label="Loading the profile" />
    </>
  )
}
