import { Trans } from '@lingui/react/macro'
import { type JSX, useRef, useState } from 'react'

import { useViewer } from '@/api/useViewer'
import { useStore } from '@/lib/store'
import { composerState, editDraft } from '@/posts/drafts/composerState'
import { draftsOf, useLastDraft } from '@/posts/drafts/useDrafts'
import { useSession } from '@/session/session'
import { Avatar } from '@/ui/Avatar'

import { discardDraft, keepDraft, sendDraft } from './draftActions'
import css from './InlineComposer.module.css'
import { PostForm } from './PostForm'

/** A composer in the page. It opens with the last draft, which moves to the dialog if that is opened. */
export function InlineComposer(): JSX.Element | null {
  const alias = useSession()?.alias
  return alias ? <ComposerOf key={alias} alias={alias} /> : null
}

function ComposerOf({ alias }: { alias: string }): JSX.Element {
  const viewer = useViewer()
  const [isOpen, setOpen] = useState(false)
  const isDialogOpen = useStore(composerState).isOpen
  if (isOpen && isDialogOpen) setOpen(false)
  const drafts = draftsOf(alias)
  const draft = useLastDraft(drafts, isOpen)?.draft
  const isClosing = useRef(false)
  const close = (): void => {
    isClosing.current = true
    setOpen(false)
  }
  /** Returns the focus to the button that stands in place of the closed form. */
  const focus = (button: HTMLButtonElement | null): void => {
    if (button && isClosing.current) button.focus({ preventScroll: true })
    isClosing.current = false
  }
  if (!draft) {
    return (
      <button ref={focus} type="button" className={`${css.inline} ${css.closed}`} onClick={() => setOpen(true)}>
        <span className={css.face}>{viewer && <Avatar user={viewer} />}</span>
        <Trans>What would you like to say?</Trans>
      </button>
    )
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it handles a key of the text box
    <div className={css.inline} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <PostForm
        key={draft.id}
        draft={draft}
        viewer={viewer}
        onChange={(text) => keepDraft(drafts, draft, text)}
        onSend={(text) => {
          sendDraft(drafts, draft, text)
          close()
        }}
        onOther={editDraft}
        onDiscard={(id) => discardDraft(drafts, id)}
      />
    </div>
  )
}
