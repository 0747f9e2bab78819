import type { JSX } from 'react'
import { useQuery } from 'urql'

import { describeError } from '@/api/errors'
import { graphql } from '@/gql'
import { displayName } from '@/lib/text/displayName'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { Story, useStory } from '@/posts/Story'
import { LoadError } from '@/ui/Notice'
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

/** Loads the head and the posts in parallel and shows them together, so that the layout does not shift. */
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
    <Page title={user ? displayName(user) : `@${alias}`} parentAddress="/">
      {user && <CanonicalAddress alias={user.alias} />}
      {isShown && <ProfileHead user={user} />}
      {isShown && <Story alias={user.alias} pages={story} />}
      {!user && error && <LoadError message={describeError(error)} retry={retry} />}
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
