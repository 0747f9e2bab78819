import { useEffect } from 'react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'
import type { ViewerQuery } from '@/gql/graphql'
import { endSession, useSession } from '@/session/session'

const Viewer = graphql(`
  query Viewer {
    viewer {
      id
      alias
      firstName
      lastName
      bio
      followeeCount
      isCelebrity
      ...AvatarOf
    }
  }
`)

export type Viewer = NonNullable<ViewerQuery['viewer']>

/** Returns the signed-in user once it is loaded. If the token belongs to no user, it ends the session. */
export function useViewer(): Viewer | null {
  const session = useSession()
  const [{ data }] = useQuery({ query: Viewer, pause: !session })
  const isExpired = data?.viewer === null
  useEffect(() => {
    if (session && isExpired) endSession(session.token)
  }, [session, isExpired])
  return data?.viewer ?? null
}
