import type { Client } from '@urql/core'

import { askedPause, pauseBefore } from '@/api/connection/backoff'
import { connection } from '@/api/connection/socket'
import { createStore } from '@/lib/store'
import { graphql } from '@/gql'

import { arrive, catchUp } from './newPosts'
import { type Known, resumePoint } from './resumePoint'

const FeedUpdates = graphql(`
  subscription FeedUpdates($after: String) {
    feedUpdates(after: $after) {
      id
      createdAt
      ...PostCard
    }
  }
`)

const MOST_KNOWN = 500

/** Whether new posts arrive. `not yet` is no reason to worry. */
export const listening = createStore<'not yet' | 'yes' | 'no'>('not yet')

/**
 * Hears of new posts until the function that it returns is called. When it begins, and when the server may have missed
 * something, it reads the feed from its top to what is known. A connection that was lost is resumed: the server brings
 * what came meanwhile, and nothing is read.
 */
export function listen(client: Client): () => void {
  let failures = 0
  let isOver = false
  let isLost = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined
  /** The latest posts, by id; empty until the feed has been read behind the subscription. */
  let known = new Map<string, Known>()
  const resumeFrom = (): string | null => resumePoint(known.values())

  const begin = (): void => {
    known = new Map()
    subscription = client.subscription(FeedUpdates, {}, { resumeFrom }).subscribe(({ data, error }) => {
      if (data) take(data.feedUpdates)
      if (error) beginAgain(askedPause(error))
    })
    void follow()
  }
  const take = ({ id, createdAt }: { id: string; createdAt: string }): void => {
    if (known.has(id)) return
    if (known.size > 0) known.set(id, { after: id, createdAt })
    if (known.size > MOST_KNOWN) known = new Map([...known].slice(-MOST_KNOWN / 2))
    arrive(id)
  }
  /** The subscription has been sent: what it will not bring is in the feed as it is read behind it. */
  const follow = async (): Promise<void> => {
    const read = await catchUp(client)
    if (isOver) return
    if (!read) return beginAgain()
    known = new Map(read)
    failures = 0
    listening.set('yes')
  }
  const beginAgain = (askedMs = 0): void => {
    listening.set('no')
    subscription?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(begin, askedMs + pauseBefore(failures++))
  }
  const forget = connection.subscribe(() => {
    const wasLost = isLost
    isLost = connection.get() === 'lost'
    if (isLost) listening.set('no')
    if (!wasLost || connection.get() !== 'open') return
    if (resumeFrom()) listening.set('yes')
    else void follow()
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
