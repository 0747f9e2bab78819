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
      followeeCount
      isCelebrity
      ...AvatarOf
    }
  }
`)

export type Viewer = NonNullable<ViewerQuery['viewer']>

/** The signed-in user, once known. A token for which there is none has ended. */
export function useViewer(): Viewer | null {
  const session = useSession()
  const [{ data }] = useQuery({ query: Viewer, pause: !session })
  const isNobody = data?.viewer === null
  useEffect(() => {
    if (session && isNobody) endSession(session.token)
  }, [session, isNobody])
  return data?.viewer ?? null
}
