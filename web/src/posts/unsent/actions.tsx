import { currentSession } from '@/session/session'
import { toast } from '@/ui/overlays/toastStore'

import { editDraft } from '@/posts/drafts/composerState'
import { newDraft } from '@/posts/drafts/drafts'
import { draftsOf } from '@/posts/drafts/useDrafts'
import type { Entry } from '@/posts/outbox/entry'
import { outbox } from '@/posts/outbox/accountOutbox'

/** Moves an entry into a draft of its own and opens it. Its key goes with it: it may have made a post already. */
export async function edit(key: string): Promise<void> {
  const alias = currentSession()?.alias
  if (!alias) return
  const keep = ({ text, keyFrom, firstText, tries }: Entry): void =>
    draftsOf(alias).write(newDraft(text, { key, keyFrom, firstText, tries }, key))
  if (await outbox.get()?.take(key, keep)) editDraft(key)
  else sayItIsSent()
}

/** Throws an entry away. It can be brought back for as long as the message about it is shown. */
export async function discard(key: string): Promise<void> {
  const from = outbox.get()
  let discarded: Entry | undefined
  await from?.take(key, (entry) => {
    discarded = entry
  })
  const entry = discarded
  if (!from || !entry) return sayItIsSent()
  toast('Post discarded.', { action: <button onClick={() => from.putBack(entry)}>Undo</button> })
}

function sayItIsSent(): void {
  toast('This post is being sent, or gone already.', { isProblem: true })
}
