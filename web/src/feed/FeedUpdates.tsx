import { useEffect } from 'react'
import { useClient } from 'urql'

import { subscribeToFeed } from './feedSubscription'

/** Subscribes to the changes of the feed while it is mounted. */
export function FeedUpdates(): null {
  const client = useClient()
  useEffect(() => subscribeToFeed(client), [client])
  return null
}
