import { useEffect } from 'react'
import { Link } from 'react-router'
import { useClient } from 'urql'

import { toast } from '@/ui/overlays/toastStore'

import type { Entry, Outcome } from '@/posts/outbox/entry'
import { edit } from './actions'
import { startSending } from '@/posts/outbox/accountOutbox'

/** Sends the account's posts as long as it is there, and says what becomes of them. */
export function Sending({ alias }: { alias: string }): null {
  const client = useClient()
  useEffect(() => startSending(client, alias, (entry, outcome) => tell(alias, entry, outcome)), [client, alias])
  return null
}

function tell(alias: string, entry: Entry, outcome: Outcome): void {
  if (outcome.kind === 'posted') {
    toast('Your post is out.', { action: <Link to={`/@${alias}/posts/${outcome.id}`}>See it</Link> })
  } else if (outcome.kind === 'deleted' && entry.state === 'waiting') {
    toast('Your post was out already, and has been deleted since.')
  } else {
    const action = <button onClick={() => void edit(entry.key)}>Edit</button>
    toast(`Not posted. ${entry.reason ?? ''}`, { isProblem: true, action })
  }
}
