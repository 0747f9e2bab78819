import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, type RefObject, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'

import { SearchAside } from '@/explore/SearchAside'

import css from './Aside.module.css'
import { AsideDiscoveries } from './lazyPages'

/** The side column of wide windows. In narrow ones it is not displayed, and loads nothing. */
export function Aside(): JSX.Element {
  const { pathname } = useLocation()
  const aside = useRef<HTMLElement>(null)
  const isDisplayed = useWasDisplayed(aside)
  const foot = (
    <p className={css.foot}>
      <Trans>
        Press <kbd>?</kbd> for keyboard shortcuts. Developers: <a href="/graphql">GraphQL API</a>.
      </Trans>
    </p>
  )
  return (
    <aside ref={aside} className={css.aside} aria-label={t`Explore`}>
      <SearchAside />
      {pathname === '/explore' && foot}
      {pathname !== '/explore' && isDisplayed && <AsideDiscoveries key={pathname}>{foot}</AsideDiscoveries>}
    </aside>
  )
}

/** Returns true once the element has been displayed. An element with `display: none` never intersects the window. */
function useWasDisplayed(element: RefObject<HTMLElement | null>): boolean {
  const [wasDisplayed, setDisplayed] = useState(false)
  useEffect(() => {
    if (wasDisplayed || !element.current) return
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setDisplayed(true),
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, wasDisplayed])
  return wasDisplayed
}
