import { type JSX, type ReactNode, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { IconButton } from '@/ui/Button'

import css from './Page.module.css'
import { useArrival } from './usePageFocus'

interface PageProps {
  title: string
  /** In the window's title, if it says more than the bar. */
  windowTitle?: string | undefined
  /** Where the way back leads if there is no page before this one. Without it there is no way back. */
  above?: string
  /** On phones, before the title. */
  lead?: ReactNode
  /** At the end of the bar with the title. */
  tools?: ReactNode
  children: ReactNode
}

/** One screen: its title in the window and in a bar, which takes the focus when the page is new. */
export function Page({ title, windowTitle = title, above, lead, tools, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useLocation() // whose entry of the history is another after each step
  const isFirst = (history.state as { idx?: number } | null)?.idx === 0
  useArrival(heading)
  return (
    <>
      <title>{`${windowTitle} · Tweeter`}</title>
      <header className={css.bar} data-bar>
        {above && <Back to={isFirst ? above : null} />}
        {lead && <span className={css.lead}>{lead}</span>}
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {tools}
      </header>
      {children}
    </>
  )
}

function Back({ to }: { to: string | null }): JSX.Element {
  const navigate = useNavigate()
  return <IconButton icon="back" label="Back" onClick={() => void (to ? navigate(to) : navigate(-1))} />
}
