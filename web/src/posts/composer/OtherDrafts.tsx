import type { JSX } from 'react'

import { IconButton } from '@/ui/Button'

import css from './OtherDrafts.module.css'
import { directionOf } from '@/posts/text/textDirection'
import { useKeptDrafts } from '@/posts/drafts/useDrafts'

interface OtherDraftsProps {
  /** The id of the draft that is open. */
  besides: string
  onOpen: (id: string) => void
  onDiscard: (id: string) => void
}

/** The drafts that could be written on instead. */
export function OtherDrafts({ besides, onOpen, onDiscard }: OtherDraftsProps): JSX.Element | null {
  const others = useKeptDrafts().filter(({ id }) => id !== besides)
  if (others.length === 0) return null
  return (
    <details className={css.drafts}>
      <summary>{others.length === 1 ? '1 other draft' : `${others.length} other drafts`}</summary>
      <ul>
        {others.map(({ id, text }) => (
          <li key={id}>
            <button type="button" className={css.open} onClick={() => onOpen(id)}>
              <span dir={directionOf(text)}>{text}</span>
            </button>
            <IconButton icon="bin" label="Discard this draft" onClick={() => onDiscard(id)} />
          </li>
        ))}
      </ul>
    </details>
  )
}
