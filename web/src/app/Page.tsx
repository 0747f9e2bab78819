import { type JSX, type ReactNode, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { IconButton } from '@/ui/Button'

import css from './Page.module.css'
import { useArrival } from './useArrival'

interface PageProps {
  title: string
  /** Where the way back leads if there is no page before this one. Without it there is no way back. */
  above?: string
  /** On phones, before the title. */
  lead?: ReactNode
  /** At the end of the bar with the title. */
  tools?: ReactNode
  children: ReactNode
}

/** One screen: its title in the window and in a bar, which takes the focus when the page is new. */
export function Page({ title, above, lead, tools, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useLocation().key === 'default'
  useArrival(heading)
  return (
    <>
      <title>{`${title} · Tweeter`}</title>
      <header className={css.bar} data-bar>
        {above && <Back to={isFirst ? above : null} />}
        {lead && <span className={css.lead}>{lead}</span>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
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
