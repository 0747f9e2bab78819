import { useEffectEvent, useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

import { type ScrollPosition, ScrollPositions } from './scrollPositions'
import { onFirstActivity } from './userActivity'

const scrollPositions = new ScrollPositions()
/** Each one writes a part of the current position before the positions are saved. */
const leaveListeners = new Set<() => void>()

scrollPositions.restore(() => sessionStorage)
const [navigation] = performance.getEntriesByType('navigation')
// React Router gives the first page of every document the key `default`. A typed address is a new visit, not a return.
if (navigation instanceof PerformanceNavigationTiming && navigation.type === 'navigate') {
  scrollPositions.remove(keyOf({ key: 'default', pathname: location.pathname }))
}
// The last event before a phone discards a tab. It also fires on reload and navigation.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return
  for (const save of leaveListeners) save()
  scrollPositions.save(() => sessionStorage)
})

/** Returns the scroll position of the current history entry. */
export function useScrollPosition(): ScrollPosition {
  return scrollPositions.get(keyOf(useLocation()))
}

/** Calls back before the component unmounts, the history entry changes, or the tab is hidden. */
export function useBeforeLeaving(position: ScrollPosition, save: (position: ScrollPosition) => void): void {
  const leave = useEffectEvent(save)
  useLayoutEffect(() => {
    const listener = (): void => leave(position)
    leaveListeners.add(listener)
    return () => {
      leaveListeners.delete(listener)
      listener()
    }
  }, [position])
}

/** Restores the scroll position on return and scrolls a new page to its top. The browser cannot: pages grow as they load. */
export function useScrollRestoration(): void {
  const position = useScrollPosition()
  const isReturn = useNavigationType() === 'POP'
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual'
    const y = isReturn ? position.y : 0
    // Until the first activity the page stays at y however it grows: what loads above the place moves it.
    let isHeld = y > 0 && position.visibleRows === undefined // see useListScrollRestoration
    const restore = (): void => {
      scrollTo({ top: y, behavior: 'instant' })
    }
    restore()
    const growth = new ResizeObserver(() => {
      if (isHeld) restore()
    })
    const stop = onFirstActivity(() => {
      isHeld = false
      growth.disconnect()
    })
    growth.observe(document.documentElement)
    const save = (): void => {
      if (!isHeld) position.y = scrollY
    }
    addEventListener('scroll', save, { passive: true })
    leaveListeners.add(save) // the event comes a frame later, and may be missed
    return () => {
      removeEventListener('scroll', save)
      leaveListeners.delete(save)
      growth.disconnect()
      stop()
    }
  }, [position, isReturn])
}

function keyOf({ key, pathname }: { key: string; pathname: string }): string {
  return `${key} ${pathname}`
}
