import { type JSX, type KeyboardEvent, type SubmitEvent, useState } from 'react'

import type { Viewer } from '@/api/viewer'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { isBlank, isTooLong } from './characters'
import { Counter } from './Counter'
import { readDraft, writeDraft } from './drafts'
import { useSend } from './useSend'
import css from './Writing.module.css'

interface WritingProps {
  alias: string
  viewer: Viewer | null
  onSent: () => void
}

export function Writing({ alias, viewer, onSent }: WritingProps): JSX.Element {
  const [text, setText] = useState(() => readDraft(alias))
  const send = useSend(alias)
  const canSend = !isBlank(text) && !isTooLong(text)

  const change = (next: string): void => {
    setText(next)
    writeDraft(alias, next)
  }
  const submit = (event: SubmitEvent | KeyboardEvent): void => {
    event.preventDefault()
    if (!canSend) return
    change('')
    onSent()
    void send(text)
  }

  return (
    <form onSubmit={submit}>
      <div className={css.sheet}>
        {viewer && <Avatar user={viewer} />}
        <textarea
          className={css.text}
          aria-label="Text of the post"
          aria-describedby="characters-left"
          placeholder="What would you like to say?"
          value={text}
          rows={4}
          dir="auto"
          data-first
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
        />
      </div>
      <footer className={css.foot}>
        <Counter text={text} />
        <Button type="submit" look="strong" disabled={!canSend} title="Post (Ctrl+Enter)">
          Post
        </Button>
      </footer>
    </form>
  )
}
