import { type JSX, type KeyboardEvent, type SubmitEvent, useLayoutEffect, useRef, useState } from 'react'

import type { Viewer } from '@/api/useViewer'
import { isBlank, isTooLong } from '@/lib/text/characters'
import type { Draft } from '@/posts/drafts/drafts'
import { textDirection } from '@/posts/text/textDirection'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { CharacterCounter } from './CharacterCounter'
import { OtherDrafts } from './OtherDrafts'
import css from './PostForm.module.css'

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
  const canSend = !isBlank(text) && !isTooLong(text)
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
      <div className={css.sheet}>
        {viewer && <Avatar user={viewer} />}
        <textarea
          ref={box}
          className={css.text}
          aria-label="Text of the post"
          aria-describedby="characters-left"
          placeholder="What would you like to say?"
          value={text}
          rows={4}
          dir={textDirection(text)}
          data-first
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
        />
      </div>
      <OtherDrafts openId={draft.id} onOpen={onOther} onDiscard={onDiscard} />
      <footer className={css.foot}>
        <CharacterCounter text={text} />
        <Button type="submit" look="strong" disabled={!canSend} title="Post (Ctrl+Enter)">
          Post
        </Button>
      </footer>
    </form>
  )
}
