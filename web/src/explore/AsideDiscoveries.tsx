import type { JSX, ReactNode } from 'react'

import css from './Discoveries.module.css'
import { Suggestions } from './Suggestions'
import { Trends } from './Trends'
import { useDiscoveries } from './useDiscoveries'

const MAX_PEOPLE = 3
const MAX_TRENDS = 5

/** Suggestions and trends beside a page. What stands below them is shown with them, so that it does not move. */
export default function AsideDiscoveries({ children }: { children: ReactNode }): JSX.Element | null {
  const { found, hasFailed } = useDiscoveries()
  if (!found) return hasFailed ? <>{children}</> : null
  return (
    <div className={css.aside}>
      <Suggestions people={found.suggestions.slice(0, MAX_PEOPLE)} />
      <Trends trends={found.trends.slice(0, MAX_TRENDS)} />
      {children}
    </div>
  )
}
