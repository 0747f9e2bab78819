import { i18n } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import {
  type JSX,
  type KeyboardEvent,
  type SubmitEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

import type { Viewer } from '@/api/useViewer'
import { isBlank, isTooLong } from '@/lib/text/characters'
import { AddPictures } from '@/posts/attachments/AddPictures'
import { isReady, MAX_PICTURES } from '@/posts/attachments/attachment'
import { AttachmentList } from '@/posts/attachments/AttachmentList'
import { filesIn, useDropzone } from '@/posts/attachments/droppedFiles'
import { useDraftPictures } from '@/posts/attachments/useDraftPictures'
import type { Draft } from '@/posts/drafts/drafts'
import { textDirection } from '@/posts/text/textDirection'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { useCompletion } from './completion/useCompletion'
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
  const completion = useCompletion(box)
  const isReply = draft.about?.kind === 'reply'
  const pictures = useDraftPictures(draft, () => onChange(text))
  const { attachments } = pictures
  const isDropping = useDropzone(pictures.add)
  const [isWaiting, setWaiting] = useState(false)
  const isRefused = attachments.some(({ problem }) => problem !== null)
  const hasContent = !isBlank(text) || draft.about?.kind === 'quote' || attachments.length > 0
  const canSend = hasContent && !isTooLong(text) && !isRefused
  const areReady = attachments.every(isReady)
  useLayoutEffect(() => {
    box.current?.setSelectionRange(draft.text.length, draft.text.length)
    box.current?.focus() // needed if another draft is opened in the open dialog
  }, [draft])

  const change = (next: string): void => {
    setWaiting(false)
    setText(next)
    onChange(next)
  }
  const submit = (event: SubmitEvent | KeyboardEvent): void => {
    event.preventDefault()
    if (canSend && areReady) onSend(text)
    else setWaiting(canSend)
  }
  const sendAtLast = useEffectEvent(() => {
    if (isWaiting && canSend && areReady) onSend(text)
  })
  useEffect(() => sendAtLast(), [areReady])

  return (
    <form onSubmit={submit} data-dropping={isDropping || undefined} className={css.form}>
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
          onPaste={(event) => {
            const files = filesIn(event.clipboardData)
            if (files.length === 0) return
            event.preventDefault()
            pictures.add(files)
          }}
          {...completion.attributes}
          onKeyDown={(event) => {
            if (completion.onKeyDown(event)) return
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
          }}
        />
        {completion.list}
      </div>
      <AttachmentList
        attachments={attachments}
        onDescribe={pictures.describe}
        onRemove={(key) => {
          setWaiting(false)
          pictures.remove(key)
        }}
        onRetry={(key) => {
          setWaiting(false)
          pictures.retry(key)
        }}
      />
      {draft.about && !isReply && <NamedPost about={draft.about} />}
      <OtherDrafts openId={draft.id} onOpen={onOther} onDiscard={onDiscard} />
      <footer className={css.foot}>
        <AddPictures isFull={attachments.length >= MAX_PICTURES} onAdd={pictures.add} />
        <CharacterCounter text={text} />
        <Button
          type="submit"
          look="strong"
          disabled={!canSend}
          isBusy={isWaiting && canSend}
          title={isReply ? t`Reply (Ctrl+Enter)` : t`Post (Ctrl+Enter)`}
        >
          {isReply ? <Trans context="verb">Reply</Trans> : <Trans context="verb">Post</Trans>}
        </Button>
      </footer>
    </form>
  )
}
