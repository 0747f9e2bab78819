import type { JSX, ReactNode } from 'react'

import { Icon } from './Icon'
import css from './Pill.module.css'

interface PillProps {
  onClick: () => void
  /** Nothing is shown without it. */
  children: ReactNode
}

/** Announces something new above a list. The list shows it only when the user asks for it, so that nothing moves. */
export function Pill({ onClick, children }: PillProps): JSX.Element {
  return (
    <div className={css.place} aria-live="polite">
      {children && (
        <button type="button" className={css.pill} onClick={onClick}>
          <Icon name="up" size={16} />
          {children}
        </button>
      )}
    </div>
  )
}
