import { type JSX, type MouseEvent, useId, useMemo } from 'react'

import { useViewer, type Viewer } from '@/api/useViewer'
import { useStore } from '@/lib/store'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'

import { Author } from '@/posts/card/Author'
import { ClampedText } from '@/posts/text/ClampedText'
import { directionOf } from '@/posts/text/textDirection'
import post from '@/posts/card/Post.module.css'
import { discard, edit } from './actions'
import type { Entry } from '@/posts/outbox/entry'
import { outbox, unsent } from '@/posts/outbox/accountOutbox'
import css from './UnsentPosts.module.css'

/** One's own posts that the server has not confirmed. */
export function UnsentPosts(): JSX.Element | null {
  const entries = useStore(unsent)
  const viewer = useViewer()
  if (!viewer || entries.length === 0) return null
  return (
    <section aria-label="Your posts that are not out yet">
      {entries.map((entry) => (
        <UnsentPost key={entry.key} entry={entry} viewer={viewer} />
      ))}
    </section>
  )
}

function UnsentPost({ entry, viewer }: { entry: Entry; viewer: Viewer }): JSX.Element {
  const id = useId()
  const { key, text, reason } = entry
  const segments = useMemo(() => [{ kind: 'TEXT' as const, text }], [text])
  const isSending = reason === null
  return (
    <article
      className={post.post}
      tabIndex={-1}
      aria-labelledby={`${id}-state`}
      aria-describedby={`${key}-text`}
      aria-busy={isSending}
      data-sending={isSending || undefined}
      data-unsent
    >
      <Avatar user={viewer} />
      <div className={post.body}>
        <header className={post.head}>
          <Author author={viewer} />
          <span className={`${post.time} ${isSending ? '' : css.state}`} id={`${id}-state`}>
            {isSending ? 'Sending…' : 'Not sent'}
          </span>
        </header>
        <div className={post.said}>
          <ClampedText id={key} segments={segments} dir={directionOf(text)} />
        </div>
        {!isSending && (
          <footer className={css.foot}>
            <p className={css.reason}>
              {reason} {entry.state === 'waiting' && 'It is sent as soon as that is possible.'}
            </p>
            {entry.state !== 'refused' && (
              <Button size="s" onClick={leaving('article', () => outbox.get()?.retry(entry))}>
                {againOf(entry)}
              </Button>
            )}
            <Button size="s" onClick={leaving('main', () => edit(entry.key))}>
              Edit
            </Button>
            <Button size="s" look="quiet" onClick={leaving('main', () => discard(entry.key))}>
              Discard
            </Button>
          </footer>
        )}
      </div>
    </article>
  )
}

/** The button that is pressed goes away: before that, the focus moves to what stays. */
function leaving(to: 'article' | 'main', act: () => unknown) {
  return ({ currentTarget }: MouseEvent<HTMLElement>): void => {
    currentTarget.closest<HTMLElement>(to)?.focus({ preventScroll: true })
    act()
  }
}

/** The label says if a second post may come of it. */
function againOf({ state }: Entry): string {
  if (state === 'taken') return 'Post this as well'
  return state === 'old' ? 'Retry, even if it is posted twice' : 'Retry'
}
