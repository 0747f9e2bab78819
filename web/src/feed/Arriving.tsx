import { useEffect } from 'react'
import { useClient } from 'urql'

import { connection } from '@/api/connection'
import { graphql } from '@/gql'

import { arrive, catchUp } from './arrivals'

const FeedUpdates = graphql(`
  subscription FeedUpdates {
    feedUpdates {
      id
      createdAt
      ...PostCard
    }
  }
`)

/** The server says nothing when it has begun to send. A post made before that is found by reading a little later. */
const BEGUN_AFTER_MS = 1_000

/** Listens for new posts as long as somebody is signed in, and looks for missed ones each time the connection is back. */
export function Arriving(): null {
  const client = useClient()
  useEffect(() => {
    const arriving = client.subscription(FeedUpdates, {}).subscribe(({ data }) => {
      if (data) arrive(data.feedUpdates.id)
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = connection.subscribe(() => {
      clearTimeout(timer)
      if (connection.get() === 'open') timer = setTimeout(() => void catchUp(client), BEGUN_AFTER_MS)
    })
    return () => {
      arriving.unsubscribe()
      forget()
      clearTimeout(timer)
    }
  }, [client])
  return null
}
