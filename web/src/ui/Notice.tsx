import type { JSX, ReactNode } from 'react'

import { Button } from './Button'
import css from './Notice.module.css'

interface NoticeProps {
  title: string
  children?: ReactNode
  /** What to do next. */
  actions?: ReactNode
}

/** In the place of what could have been shown: nothing yet, not found. */
export function Notice({ title, children, actions }: NoticeProps): JSX.Element {
  return (
    <div className={css.notice}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}

/** What could not be loaded, and a way to try again. */
export function Failed({ message, retry }: { message: string; retry: () => void }): JSX.Element {
  return (
    <div className={css.failed} role="alert">
      <p>{message}</p>
      <Button size="s" onClick={retry}>
        Try again
      </Button>
    </div>
  )
}

/** What is wrong with what was just tried. */
export function Problem({ children }: { children: ReactNode }): JSX.Element {
  return (
    <p className={css.problem} role="alert">
      {children}
    </p>
  )
}
