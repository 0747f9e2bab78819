import type { JSX } from 'react'

import { useSavedDrafts } from '@/posts/drafts/useDrafts'
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
  if (others.length === 0) return null
  return (
    <details className={css.drafts}>
      <summary>{others.length === 1 ? '1 other draft' : `${others.length} other drafts`}</summary>
      <ul>
        {others.map(({ id, text, about }) => (
          <li key={id}>
            <button type="button" className={css.open} onClick={() => onOpen(id)}>
              {about && (
                <small>{about.kind === 'reply' ? `Reply to @${about.alias}: ` : `Quote of @${about.alias}: `}</small>
              )}
              <span dir={textDirection(text)}>{text}</span>
            </button>
            <IconButton icon="bin" label="Discard this draft" onClick={() => onDiscard(id)} />
          </li>
        ))}
      </ul>
    </details>
  )
}
