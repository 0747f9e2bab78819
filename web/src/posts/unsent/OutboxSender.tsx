import { useEffect } from 'react'
import { Link } from 'react-router'
import { useClient } from 'urql'

import { startAccountOutbox } from '@/posts/outbox/accountOutbox'
import type { Entry, Outcome } from '@/posts/outbox/entry'
import { toast } from '@/ui/overlays/toastStore'

import { editEntry } from './actions'

/** Sends the account's posts while it is mounted, and shows the outcomes as toasts. */
export function OutboxSender({ alias }: { alias: string }): null {
  const client = useClient()
  useEffect(
    () => startAccountOutbox(client, alias, (entry, outcome) => showOutcome(alias, entry, outcome)),
    [client, alias],
  )
  return null
}

function showOutcome(alias: string, entry: Entry, outcome: Outcome): void {
  if (outcome.kind === 'posted') {
    toast('Your post was sent.', { action: <Link to={`/@${alias}/posts/${outcome.id}`}>View</Link> })
  } else if (outcome.kind === 'deleted' && entry.state === 'waiting') {
    toast('Your post was already sent and has since been deleted.')
  } else {
    const action = <button onClick={() => void editEntry(entry.key)}>Edit</button>
    toast(`Not posted. ${entry.reason ?? ''}`, { isProblem: true, action })
  }
}
