import { i18n } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, type KeyboardEvent, type SubmitEvent, useLayoutEffect, useRef, useState } from 'react'

import type { Viewer } from '@/api/useViewer'
import { isBlank, isTooLong } from '@/lib/text/characters'
import type { Draft } from '@/posts/drafts/drafts'
import { textDirection } from '@/posts/text/textDirection'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { CharacterCounter } from './CharacterCounter'
import { NamedPost } from './NamedPost'
import { OtherDrafts } from './OtherDrafts'
import css from './PostForm.module.css'

const PLACEHOLDERS = {
  post: msg`What would you like to say?`,
  reply: msg`Write your reply`,
  quote: msg`Add a comment`,
}

interface PostFormProps {
  draft: Draft
  viewer: Viewer | null
  onChange: (text: string) => void
  onSend: (text: string) => void
  onOther: (id: string) => void
  onDiscard: (id: string) => void
}

export function PostForm({ draft, viewer, onChange, onSend, onOther, onDiscard }: PostFormProps): JSX.Element {
  const [text, setText] = useState(draft.text)
  const box = useRef<HTMLTextAreaElement>(null)
  const isReply = draft.about?.kind === 'reply'
  const canSend = (!isBlank(text) || draft.about?.kind === 'quote') && !isTooLong(text)
  useLayoutEffect(() => {
    box.current?.setSelectionRange(draft.text.length, draft.text.length)
    box.current?.focus() // needed if another draft is opened in the open dialog
  }, [draft])

  const change = (next: string): void => {
    setText(next)
    onChange(next)
  }
  const submit = (event: SubmitEvent | KeyboardEvent): void => {
    event.preventDefault()
    if (canSend) onSend(text)
  }

  return (
    <form onSubmit={submit}>
      {draft.about && isReply && <NamedPost about={draft.about} />}
      <div className={css.sheet}>
        {viewer && <Avatar user={viewer} />}
        <textarea
          ref={box}
          className={css.text}
          aria-label={t`Text of the post`}
          aria-describedby="characters-left"
          placeholder={i18n._(PLACEHOLDERS[draft.about?.kind ?? 'post'])}
          value={text}
          rows={4}
          dir={text ? textDirection(text) : undefined}
          data-first
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
        />
      </div>
      {draft.about && !isReply && <NamedPost about={draft.about} />}
      <OtherDrafts openId={draft.id} onOpen={onOther} onDiscard={onDiscard} />
      <footer className={css.foot}>
        <CharacterCounter text={text} />
        <Button
          type="submit"
          look="strong"
          disabled={!canSend}
          title={isReply ? t`Reply (Ctrl+Enter)` : t`Post (Ctrl+Enter)`}
        >
          {isReply ? <Trans context="verb">Reply</Trans> : <Trans context="verb">Post</Trans>}
        </Button>
      </footer>
    </form>
  )
}
