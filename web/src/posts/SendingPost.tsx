import type { JSX } from 'react'

import { useViewer } from '@/api/viewer'
import { useStore } from '@/app/store'
import { Avatar } from '@/ui/Avatar'

import { Author } from './Author'
import { outbox } from './outbox'
import css from './Post.module.css'

/** One's own posts before the server has answered. */
export function SendingPosts(): JSX.Element[] {
  return useStore(outbox).sending.map(({ key, text }) => <SendingPost key={key} text={text} />)
}

function SendingPost({ text }: { text: string }): JSX.Element | null {
  const viewer = useViewer()
  if (!viewer) return null
  return (
    <article className={css.post} data-sending aria-busy="true">
      <Avatar user={viewer} />
      <div className={css.body}>
        <header className={css.head}>
          <Author author={viewer} />
          <span className={css.time}>Sending…</span>
        </header>
        <p className={css.text} dir="auto">
          {text}
        </p>
      </div>
    </article>
  )
}
