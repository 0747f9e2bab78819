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

/** The server says nothing when it has begun to listen for somebody; what came before it did is read afterwards. */
const BEGUN_AFTER_MS = 1_000

/** Whether new posts arrive. `not yet` is no reason to worry. */
export const listening = createStore<'not yet' | 'yes' | 'no'>('not yet')

/**
 * Hears of new posts until the function that it returns is called. Whenever it begins anew, because the connection was
 * lost or the server may have missed something, it reads the feed from its top to what is known.
 */
export function listen(client: Client): () => void {
  const ending = new AbortController()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined

  const begin = (): void => {
    subscription = client.subscription(FeedUpdates, {}).subscribe(({ data, error }) => {
      if (data) arrive(data.feedUpdates.id)
      if (error) beginAgain()
    })
  }
  const beginAgain = (): void => {
    listening.set('no')
    subscription?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(begin, pauseBefore(failures++))
  }
  const begun = (): void => {
    failures = 0
    listening.set('yes')
    void catchUp(client, ending.signal)
  }
  const forget = connection.subscribe(() => {
    if (connection.get() === 'open') {
      clearTimeout(timer)
      timer = setTimeout(begun, BEGUN_AFTER_MS)
    }
    if (connection.get() === 'lost') {
      clearTimeout(timer)
      listening.set('no')
    }
  })

  begin()
  return () => {
    ending.abort()
    forget()
    clearTimeout(timer)
    subscription?.unsubscribe()
    listening.set('not yet')
  }
}
