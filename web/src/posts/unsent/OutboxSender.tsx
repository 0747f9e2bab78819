import { useEffect } from 'react'
import { useClient } from 'urql'

import { startAccountOutbox } from '@/posts/outbox/accountOutbox'

import { showOutcome } from './showOutcome'

/** Sends the account's posts while it is mounted, and shows the outcomes as toasts. */
export function OutboxSender({ alias }: { alias: string }): null {
  const client = useClient()
  useEffect(
    () => startAccountOutbox(client, alias, (entry, outcome) => showOutcome(alias, entry, outcome)),
    [client, alias],
  )
  return null
}
