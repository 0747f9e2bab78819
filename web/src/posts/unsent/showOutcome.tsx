import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'

import type { Entry, Outcome } from '@/posts/outbox/entry'
import { dismissToast, toast } from '@/ui/overlays/toastStore'

import { editEntry } from './actions'

/** The toasts that report a failure, by the key of the entry. */
const failureToasts = new Map<string, number>()

/** Shows the outcome of an entry as a toast. It replaces the toast of an earlier failure. */
export function showOutcome(alias: string, entry: Entry, outcome: Outcome): void {
  dismissToast(failureToasts.get(entry.key) ?? 0)
  failureToasts.delete(entry.key)
  if (outcome.kind === 'posted') {
    const view = (
      <Link to={`/@${alias}/posts/${outcome.id}`}>
        <Trans>View</Trans>
      </Link>
    )
    toast(t`Your post was sent.`, { action: view })
  } else if (outcome.kind === 'deleted' && entry.state === 'waiting') {
    toast(t`Your post was already sent and has since been deleted.`)
  } else {
    const reason = entry.reason ?? ''
    const action = (
      <button onClick={() => void editEntry(entry.key)}>
        <Trans>Edit</Trans>
      </button>
    )
    failureToasts.set(entry.key, toast(t`Not posted. ${reason}`, { isProblem: true, action }))
  }
}
