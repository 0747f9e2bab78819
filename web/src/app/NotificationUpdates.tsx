import { useEffect } from 'react'
import { useClient } from 'urql'

import { subscribeToNotifications } from '@/api/unreadNotifications'

/** Keeps the number of unread notifications up to date while it is mounted. */
export function NotificationUpdates(): null {
  const client = useClient()
  useEffect(() => subscribeToNotifications(client), [client])
  return null
}
