import type { JSX } from 'react'

import { useStore } from '@/app/store'

import { IconButton } from './Button'
import { dismiss, toasts } from './toasts'
import css from './Toasts.module.css'

export function Toasts(): JSX.Element {
  const shown = useStore(toasts)
  return (
    <div className={css.toasts} aria-live="polite">
      {shown.map(({ id, message, action, isProblem }) => (
        <div key={id} className={css.toast} data-problem={isProblem || undefined}>
          <span className={css.message}>{message}</span>
          {/* Whoever has acted on it has read it. */}
          {action && (
            <span role="presentation" onClick={() => dismiss(id)}>
              {action}
            </span>
          )}
          <IconButton icon="close" label="Dismiss" className={css.close} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
