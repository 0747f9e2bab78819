import type { Client } from '@urql/core'

import { backoffDelay, requestedDelay } from '@/api/connection/backoff'
import { socketState } from '@/api/connection/socket'
import { graphql, unmask } from '@/gql'
import type { FeedChangesSubscription as FeedChangesSubscriptionResult, ListEdgeFragment } from '@/gql/graphql'
import { createStore } from '@/lib/store'
import { ListEdge } from '@/posts/rows'

import { addNewPosts, arrivedRow, catchUp, removeDeletedPost, removeRepost } from './newPosts'
import { type FeedPosition, resumePoint } from './resumePoint'

const FeedChangesSubscription = graphql(`
  subscription FeedChanges($after: String) {
    feedChanges(after: $after) {
      ... on PostArrived {
        edge {
          ...ListEdge
        }
      }
      ... on FeedPostDeleted {
        deletedPostId
      }
      ... on FeedRepostUndone {
        cursor
      }
      ... on FeedStale {
        reason
      }
    }
  }
`)

const MAX_KNOWN = 500

/** The state of live updates. `starting` is normal after sign-in. */
export const feedState = createStore<'starting' | 'live' | 'interrupted'>('starting')

/**
 * Subscribes to the changes of the feed. Returns a function that stops it. When a subscription starts, it loads the posts that
 * arrived before. A lost connection is resumed: the server sends the posts that arrived meanwhile.
 */
export function subscribeToFeed(client: Client): () => void {
  let failures = 0
  let isStopped = false
  let isLost = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined
  /** The newest posts by id. Empty until the feed is loaded after the subscription has started. */
  let known = new Map<string, FeedPosition>()
  const resumeFrom = (): string | null => resumePoint(known.values())

  const start = (): void => {
    known = new Map()
    subscription = client.subscription(FeedChangesSubscription, {}, { resumeFrom }).subscribe(({ data, error }) => {
      if (data) receive(data.feedChanges)
      if (error) restart(requestedDelay(error))
    })
    void loadMissed()
  }
  const receive = (change: FeedChangesSubscriptionResult['feedChanges']): void => {
    if (change.__typename === 'PostArrived') add(unmask(ListEdge, change.edge))
    else if (change.__typename === 'FeedPostDeleted') removeDeletedPost(change.deletedPostId)
    else if (change.__typename === 'FeedRepostUndone') removeRepost(change.cursor)
    else void loadMissed()
  }
  const add = (edge: ListEdgeFragment): void => {
    const row = arrivedRow(edge)
    if (known.has(row.id)) return
    if (known.size > 0) known.set(row.id, row)
    if (known.size > MAX_KNOWN) known = new Map([...known].slice(-MAX_KNOWN / 2))
    addNewPosts(row)
  }
  /** Loads the posts that arrived before the subscription started. */
  const loadMissed = async (): Promise<void> => {
    const loaded = await catchUp(client)
    if (isStopped) return
    if (!loaded) return restart()
    known = new Map(loaded)
    failures = 0
    feedState.set('live')
  }
  const restart = (requestedMs = 0): void => {
    feedState.set('interrupted')
    subscription?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(start, requestedMs + backoffDelay(failures++))
  }
  const stopWatching = socketState.subscribe(() => {
    const wasLost = isLost
    isLost = socketState.get() === 'lost'
    if (isLost) feedState.set('interrupted')
    if (!wasLost || socketState.get() !== 'open') return
    if (resumeFrom()) feedState.set('live')
    else void loadMissed()
  })

  start()
  return () => {
    isStopped = true
    stopWatching()
    clearTimeout(timer)
    subscription?.unsubscribe()
    feedState.set('starting')
  }
}
