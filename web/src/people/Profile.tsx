import type { JSX } from 'react'
import { useQuery } from 'urql'

import { describe } from '@/api/problems'
import { NotFound } from '@/app/NotFound'
import { Page } from '@/app/Page'
import { graphql } from '@/gql'
import { Story } from '@/posts/Story'
import { Failed } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import { ProfileHead } from './ProfileHead'

const ProfileOf = graphql(`
  query Profile($alias: String!) {
    user(alias: $alias) {
      id
      firstName
      lastName
      ...ProfileCard
    }
  }
`)

export default function Profile({ alias }: { alias: string }): JSX.Element {
  const [{ data, error }, read] = useQuery({
    query: ProfileOf,
    variables: { alias },
    requestPolicy: 'cache-and-network',
  })
  if (data?.user === null) return <NotFound title={`There is no @${alias}`} />
  const user = data?.user
  return (
    <Page title={user ? `${user.firstName} ${user.lastName}`.trim() : `@${alias}`} above="/">
      {user && <ProfileHead user={user} />}
      {!user && error && <Failed message={describe(error)} retry={() => read({ requestPolicy: 'network-only' })} />}
      {!user && !error && <Skeletons count={1} label="Loading the profile" />}
      <Story alias={alias} />
    </Page>
  )
}
