import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, type MouseEvent, useId, useMemo } from 'react'

import { useViewer, type Viewer } from '@/api/useViewer'
import { useStore } from '@/lib/store'
import { isBlank } from '@/lib/text/characters'
import { PictureGrid } from '@/pictures/PictureGrid'
import { Author } from '@/posts/card/Author'
import post from '@/posts/card/Post.module.css'
import { ReplyLine } from '@/posts/card/ReplyLine'
import { accountOutbox, unsentEntries } from '@/posts/outbox/accountOutbox'
import type { Entry } from '@/posts/outbox/entry'
import { ClampedText } from '@/posts/text/ClampedText'
import { textDirection } from '@/posts/text/textDirection'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Handle } from '@/ui/Handle'

import { discardEntry, editEntry } from './actions'
import css from './UnsentPosts.module.css'

interface UnsentPostsProps {
  /** Chooses the posts that are shown; undefined for all. */
  only?: (entry: Entry) => boolean
}

/** The viewer's posts that the server has not confirmed. */
export function UnsentPosts({ only = () => true }: UnsentPostsProps): JSX.Element | null {
  const entries = useStore(unsentEntries).filter(only)
  const viewer = useViewer()
  if (!viewer || entries.length === 0) return null
  return (
    <section aria-label={t`Your unsent posts`}>
      {entries.map((entry) => (
        <UnsentPost key={entry.key} entry={entry} viewer={viewer} />
      ))}
    </section>
  )
}

function UnsentPost({ entry, viewer }: { entry: Entry; viewer: Viewer }): JSX.Element {
  const id = useId()
  const { key, text, reason, about, media = [] } = entry
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
            {isSending ? <Trans>Sending…</Trans> : <Trans>Not sent</Trans>}
          </span>
        </header>
        {about?.kind === 'reply' && <ReplyLine alias={about.alias} />}
        <div className={post.said}>
          <ClampedText id={key} segments={segments} dir={textDirection(text)} />
        </div>
        <PictureGrid pictures={media.flatMap(({ picture }) => picture ?? [])} />
        {about?.kind === 'quote' && (
          <p className={css.quote}>
            <Trans>
              Quotes a post by <Handle alias={about.alias} />
            </Trans>
          </p>
        )}
        {!isSending && (
          <footer className={css.foot}>
            <p className={css.reason}>
              {reason} {entry.state === 'waiting' && <Trans>It will be sent as soon as possible.</Trans>}
            </p>
            {canRetry(entry) && (
              <Button size="s" onClick={withFocusOn('article', () => accountOutbox.get()?.retry(entry))}>
                {retryLabel(entry)}
              </Button>
            )}
            <Button size="s" onClick={withFocusOn('main', () => editEntry(entry.key))}>
              <Trans>Edit</Trans>
            </Button>
            <Button size="s" look="quiet" onClick={withFocusOn('main', () => discardEntry(entry.key))}>
              <Trans>Discard</Trans>
            </Button>
          </footer>
        )}
      </div>
    </article>
  )
}

/** Moves the focus to an element that stays before it acts, because the pressed button disappears. */
function withFocusOn(to: 'article' | 'main', act: () => unknown) {
  return ({ currentTarget }: MouseEvent<HTMLElement>): void => {
    currentTarget.closest<HTMLElement>(to)?.focus({ preventScroll: true })
    act()
  }
}

/** A post that the server rejects cannot be sent again, and a quote without a text cannot be posted on its own. */
function canRetry({ state, text, media = [] }: Entry): boolean {
  return state !== 'refused' && !(state === 'orphaned' && isBlank(text) && media.length === 0)
}

/** Returns the label of the retry button. It says if a retry may create a second post. */
function retryLabel({ state }: Entry): string {
  if (state === 'orphaned') return t`Post on its own`
  if (state === 'taken') return t`Post as a new post`
  return state === 'old' ? t`Retry (may post twice)` : t`Retry`
}
