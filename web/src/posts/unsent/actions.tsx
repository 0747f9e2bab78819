import { t } from '@lingui/core/macro'

import { editDraft } from '@/posts/drafts/composerState'
import { newDraft } from '@/posts/drafts/drafts'
import { draftsOf } from '@/posts/drafts/useDrafts'
import { accountOutbox } from '@/posts/outbox/accountOutbox'
import type { Entry } from '@/posts/outbox/entry'
import { currentSession } from '@/session/session'
import { toast } from '@/ui/overlays/toastStore'
import { UndoButton } from '@/ui/overlays/UndoButton'

/** Turns an entry into a draft and opens it. The draft keeps the key, because it may have created a post already. */
export async function editEntry(key: string): Promise<void> {
  const alias = currentSession()?.alias
  if (!alias) return
  const keep = ({ text, about, media, keyFrom, firstText, firstMedia = '', tries }: Entry): void =>
    draftsOf(alias).write(newDraft(text, { key, keyFrom, firstText, firstMedia, tries }, key, about, media))
  if (await accountOutbox.get()?.take(key, keep)) editDraft(key)
  else showAlreadySent()
}

/** Discards an entry. A toast offers to undo it. */
export async function discardEntry(key: string): Promise<void> {
  const from = accountOutbox.get()
  let discarded: Entry | undefined
  await from?.take(key, (entry) => {
    discarded = entry
  })
  const entry = discarded
  if (!from || !entry) return showAlreadySent()
  toast(t`Post discarded.`, { action: <UndoButton onClick={() => from.putBack(entry)} /> })
}

function showAlreadySent(): void {
  toast(t`This post is being sent or was already sent.`, { isProblem: true })
}
