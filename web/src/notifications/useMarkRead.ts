import { useEffect } from 'react'
import { useClient } from 'urql'

import { unreadNotifications } from '@/api/unreadNotifications'
import { graphql } from '@/gql'
import { createSessionStore } from '@/session/createSessionStore'

const MarkRead = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      unreadCount
    }
  }
`)

/** The marker that was sent last. */
const sentMarker = createSessionStore<string | null>(null)

/** Marks notifications as read once they are shown in a visible tab. The server never goes back to an older marker. */
export function useMarkRead(marker: string | undefined): void {
  const client = useClient()
  useEffect(() => {
    if (!marker) return
    const mark = async (): Promise<void> => {
      if (document.hidden || sentMarker.get() === marker) return
      sentMarker.set(marker)
      const { data } = await client.mutation(MarkRead, { input: { marker } }).toPromise()
      if (data) unreadNotifications.set(data.markNotificationsRead.unreadCount)
      else if (sentMarker.get() === marker) sentMarker.set(null) // the next visit tries again
    }
    const onVisible = (): void => void mark()
    onVisible()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [client, marker])
}
