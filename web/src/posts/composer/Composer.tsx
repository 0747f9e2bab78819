import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { useViewer } from '@/api/useViewer'
import { closeComposer, editDraft } from '@/posts/drafts/composerState'
import type { Draft } from '@/posts/drafts/drafts'
import { useDrafts, useHeldDraft } from '@/posts/drafts/useDrafts'
import { OutboxSender } from '@/posts/unsent/OutboxSender'
import { useSession } from '@/session/session'
import { Dialog } from '@/ui/overlays/Dialog'

import { discardDraft, keepDraft, sendDraft } from './draftActions'
import { PostForm } from './PostForm'

/** The dialog for writing posts, and the outbox that sends them. Both are available on every page. */
export function Composer(): JSX.Element | null {
  const alias = useSession()?.alias
  if (!alias) return null
  return (
    <>
      <OutboxSender alias={alias} />
      <OpenDraft key={alias} alias={alias} />
    </>
  )
}

function OpenDraft({ alias }: { alias: string }): JSX.Element | null {
  const viewer = useViewer()
  const drafts = useDrafts(alias)
  const draft = useHeldDraft(drafts)?.draft
  if (!draft) return null
  const send = (text: string): void => {
    sendDraft(drafts, draft, text)
    closeComposer()
  }
  return (
    <Dialog title={titleOf(draft)} onClose={closeComposer}>
      <PostForm
        key={draft.id}
        draft={draft}
        viewer={viewer}
        onChange={(text) => keepDraft(drafts, draft, text)}
        onSend={send}
        onOther={editDraft}
        onDiscard={(id) => discardDraft(drafts, id)}
      />
    </Dialog>
  )
}

function titleOf({ about }: Draft): string {
  if (!about) return t`New post`
  const { kind, alias } = about
  return kind === 'reply' ? t`Reply to @${alias}` : t`Quote @${alias}`
}
