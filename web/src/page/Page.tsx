import { t } from '@lingui/core/macro'
import { type JSX, type ReactNode, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { formatUnread, unreadNotifications } from '@/api/unreadNotifications'
import { useStore } from '@/lib/store'
import { IconButton } from '@/ui/Button'

import css from './Page.module.css'
import { usePageFocus } from './usePageFocus'

interface PageProps {
  title: string
  /** The title of the window, if it differs. */
  windowTitle?: string | undefined
  /** Where Back leads if the history has no previous page. Without it the page has no Back button. */
  parentAddress?: string
  /** Shown before the title on phones. */
  lead?: ReactNode
  /** Shown at the end of the title bar. */
  actions?: ReactNode
  children: ReactNode
}

/** A page with a title bar. The heading gets the focus when the page is opened. */
export function Page({ title, windowTitle = title, parentAddress, lead, actions, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useLocation() // renders again after each navigation, because `history.state` changes
  const isFirst = (history.state as { idx?: number } | null)?.idx === 0
  const unread = useStore(unreadNotifications)
  usePageFocus(heading)
  return (
    <>
      <title>{`${unread > 0 ? `(${formatUnread(unread)}) ` : ''}${windowTitle} · Tweeter`}</title>
      <header className={css.bar} data-bar>
        {parentAddress && <Back to={isFirst ? parentAddress : null} />}
        {lead && <span className={css.lead}>{lead}</span>}
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {actions}
      </header>
      {children}
    </>
  )
}

function Back({ to }: { to: string | null }): JSX.Element {
  const navigate = useNavigate()
  return <IconButton icon="back" label={t`Back`} onClick={() => void (to ? navigate(to) : navigate(-1))} />
}
