import { Trans } from '@lingui/react/macro'
import type { JSX, ReactNode } from 'react'

import { Button } from './Button'
import css from './Notice.module.css'

interface NoticeProps {
  title: string
  children?: ReactNode
  /** What to do next. */
  actions?: ReactNode
}

/** A message in place of content: an empty list, a page that was not found. */
export function Notice({ title, children, actions }: NoticeProps): JSX.Element {
  return (
    <div className={css.notice}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}

/** An error message for content that could not be loaded, with a button to retry. */
export function LoadError({ message, retry }: { message: string; retry: () => void }): JSX.Element {
  return (
    <div className={css.failed} role="alert">
      <p>{message}</p>
      <Button size="s" onClick={retry}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  )
}

/** An error message of a form. */
export function FormProblem({ children }: { children: ReactNode }): JSX.Element {
  return (
    <p className={css.problem} role="alert">
      {children}
    </p>
  )
}
