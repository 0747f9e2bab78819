import { t } from '@lingui/core/macro'

import { forgetAttachments, keptOf } from '@/posts/attachments/attachments'
import type { Draft, Drafts } from '@/posts/drafts/drafts'
import { accountOutbox } from '@/posts/outbox/accountOutbox'
import { toast } from '@/ui/overlays/toastStore'
import { UndoButton } from '@/ui/overlays/UndoButton'

/** Keeps a changed text, and the pictures that are uploaded by now. */
export function keepDraft(drafts: Drafts, draft: Draft, text: string): void {
  drafts.write({ ...draft, text, media: keptOf(draft.id), changedAt: Date.now() })
}

/** Hands a draft to the outbox, with its pictures. */
export function sendDraft(drafts: Drafts, draft: Draft, text: string): void {
  accountOutbox.get()?.put(text, draft.tried, draft.about, keptOf(draft.id))
  drafts.remove(draft.id)
  forgetAttachments(draft.id)
}

/** Discards a draft, with a toast to undo it. */
export function discardDraft(drafts: Drafts, id: string): void {
  const discarded = drafts.all().find((one) => one.id === id)
  drafts.remove(id)
  if (discarded) toast(t`Draft discarded.`, { action: <UndoButton onClick={() => drafts.write(discarded)} /> })
}
