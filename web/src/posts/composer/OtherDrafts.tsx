import { plural, t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { useSavedDrafts } from '@/posts/drafts/useDrafts'
import type { About } from '@/posts/outbox/entry'
import { textDirection } from '@/posts/text/textDirection'
import { IconButton } from '@/ui/Button'

import css from './OtherDrafts.module.css'

interface OtherDraftsProps {
  /** The id of the draft that is open. */
  openId: string
  onOpen: (id: string) => void
  onDiscard: (id: string) => void
}

/** Lists the other drafts, to open or discard them. */
export function OtherDrafts({ openId, onOpen, onDiscard }: OtherDraftsProps): JSX.Element | null {
  const others = useSavedDrafts().filter(({ id }) => id !== openId)
  const count = others.length
  if (count === 0) return null
  return (
    <details className={css.drafts}>
      <summary>{plural(count, { one: '# other draft', other: '# other drafts' })}</summary>
      <ul>
        {others.map(({ id, text, about, media = [] }) => (
          <li key={id}>
            <button type="button" className={css.open} onClick={() => onOpen(id)}>
              {about && <small>{labelOf(about)} </small>}
              <span dir={textDirection(text)}>{text || labelOfPictures(media.length)}</span>
            </button>
            <IconButton icon="bin" label={t`Discard this draft`} onClick={() => onDiscard(id)} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function labelOfPictures(count: number): string {
  return plural(count, { one: '# picture', other: '# pictures' })
}

function labelOf({ kind, alias }: About): string {
  return kind === 'reply' ? t`Reply to @${alias}:` : t`Quote of @${alias}:`
}
