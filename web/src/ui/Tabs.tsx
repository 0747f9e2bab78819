import { type JSX, useLayoutEffect, useRef } from 'react'
import { Link } from 'react-router'

import css from './Tabs.module.css'

interface Tab {
  name: string
  to: string
  isCurrent: boolean
}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  /** If true, a change of the tab adds no history entry. */
  replace?: boolean
}

/** Links to the parts of a page. If they do not fit, they scroll. */
export function Tabs({ label, tabs, replace = false }: TabsProps): JSX.Element {
  const list = useRef<HTMLElement>(null)
  const current = tabs.find(({ isCurrent }) => isCurrent)?.to
  useLayoutEffect(() => {
    if (list.current) showCurrent(list.current)
  }, [current])
  return (
    <nav ref={list} className={css.tabs} aria-label={label}>
      {tabs.map(({ name, to, isCurrent }) => (
        <Link key={to} to={to} replace={replace} aria-current={isCurrent ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** Scrolls the current tab into view. `scrollIntoView` would scroll the page too. */
function showCurrent(list: HTMLElement): void {
  const tab = list.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!tab) return
  const { left, right } = list.getBoundingClientRect()
  list.scrollBy({ left: Math.max(0, tab.right - right) + Math.min(0, tab.left - left), behavior: 'instant' })
}

/** The place of tabs that are still unknown. */
export function BlankTabs(): JSX.Element {
  return <div className={css.tabs} />
}
