import type { Client } from '@urql/core'

import { graphql } from '@/gql'
import { createSessionStore } from '@/session/createSessionStore'

import { backoffDelay, requestedDelay } from './connection/backoff'

const NotificationsChanged = graphql(`
  subscription NotificationsChanged {
    notificationsChanged {
      unreadCount
    }
  }
`)

/** The server counts no further. */
const MAX_UNREAD = 99

/** How many notifications the viewer has not read. */
export const unreadNotifications = createSessionStore(0)

export function formatUnread(count: number): string {
  return count < MAX_UNREAD ? String(count) : `${MAX_UNREAD}+`
}

/**
 * Keeps `unreadNotifications` up to date. The server sends the count at the start, also after a lost connection, and
 * whenever it changes: also if another tab or device has marked notifications as read. Returns a function that stops it.
 */
export function subscribeToNotifications(client: Client): () => void {
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined

  const start = (): void => {
    subscription = client.subscription(NotificationsChanged, {}).subscribe(({ data, error }) => {
      if (data) {
        failures = 0
        unreadNotifications.set(data.notificationsChanged.unreadCount)
      }
      if (error) restart(requestedDelay(error))
    })
  }
  const restart = (requestedMs: number): void => {
    subscription?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(start, requestedMs + backoffDelay(failures++))
  }

  start()
  return () => {
    clearTimeout(timer)
    subscription?.unsubscribe()
  }
}
