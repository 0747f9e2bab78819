import { useEffectEvent, useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

import { type Place, Places } from './scrollPositions'
import { whileUndisturbed } from './userActivity'

const places = new Places()
/** Each notes a part of the current place before the places are saved. */
const noters = new Set<() => void>()

places.restore(() => sessionStorage)
const [navigation] = performance.getEntriesByType('navigation')
// React Router gives every first page of a document the key `default`. A typed address is a new visit, not a return.
if (navigation instanceof PerformanceNavigationTiming && navigation.type === 'navigate') {
  places.forget(keyOf({ key: 'default', pathname: location.pathname }))
}
// The last event before a phone discards a tab. It fires on reload and navigation too.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return
  for (const note of noters) note()
  places.keep(() => sessionStorage)
})

/** Returns the place of the current history entry. */
export function usePlace(): Place {
  return places.of(keyOf(useLocation()))
}

/** Calls back before the component unmounts, the history entry changes, or the tab is hidden. */
export function useLeaving(place: Place, note: (place: Place) => void): void {
  const leave = useEffectEvent(note)
  useLayoutEffect(() => {
    const noter = (): void => leave(place)
    noters.add(noter)
    return () => {
      noters.delete(noter)
      noter()
    }
  }, [place])
}

/** Restores the scroll position on return and scrolls a new page to its top. The browser cannot: pages grow as they load. */
export function useKeptPlaces(): void {
  const place = usePlace()
  const isReturn = useNavigationType() === 'POP'
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual'
    const y = isReturn ? place.y : 0
    let isThere = false
    const go = (): void => {
      scrollTo({ top: y, behavior: 'instant' })
      isThere ||= Math.abs(scrollY - y) <= 1
    }
    go()
    isThere ||= place.seen !== undefined // its list restores the position by row (useReturn)
    const growth = new ResizeObserver(() => {
      if (!isThere) go()
    })
    const end = whileUndisturbed(() => {
      isThere = true
      growth.disconnect()
    })
    growth.observe(document.documentElement)
    const note = (): void => {
      if (isThere) place.y = scrollY
    }
    addEventListener('scroll', note, { passive: true })
    return () => {
      removeEventListener('scroll', note)
      growth.disconnect()
      end()
    }
  }, [place, isReturn])
}

function keyOf({ key, pathname }: { key: string; pathname: string }): string {
  return `${key} ${pathname}`
}
