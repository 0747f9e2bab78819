import type { Client } from '@urql/core'

import { pauseBefore } from '@/api/pause'
import { connection } from '@/api/socket'
import { createStore } from '@/app/store'
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

/** Whether new posts arrive. `not yet` is no reason to worry. */
export const listening = createStore<'not yet' | 'yes' | 'no'>('not yet')

/**
 * Hears of new posts until the function that it returns is called. Whenever it begins anew, because the connection was
 * lost or the server may have missed something, it reads the feed from its top to what is known.
 */
export function listen(client: Client): () => void {
  let failures = 0
  let isOver = false
  let isLost = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined

  const begin = (): void => {
    subscription = client.subscription(FeedUpdates, {}).subscribe(({ data, error }) => {
      if (data) arrive(data.feedUpdates.id)
      if (error) beginAgain()
    })
    void follow()
  }
  /** The subscription has been sent: what it will not bring is in the feed as it is read behind it. */
  const follow = async (): Promise<void> => {
    const hasCaughtUp = await catchUp(client)
    if (isOver) return
    if (!hasCaughtUp) return beginAgain()
    failures = 0
    listening.set('yes')
  }
  const beginAgain = (): void => {
    listening.set('no')
    subscription?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(begin, pauseBefore(failures++))
  }
  const forget = connection.subscribe(() => {
    const wasLost = isLost
    isLost = connection.get() === 'lost'
    if (isLost) listening.set('no')
    if (wasLost && connection.get() === 'open') void follow()
  })

  begin()
  return () => {
    isOver = true
    forget()
    clearTimeout(timer)
    subscription?.unsubscribe()
    listening.set('not yet')
  }
}
