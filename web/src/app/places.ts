import { useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import type { CacheSnapshot } from 'virtua'

/** How far an entry of the history was scrolled, and how tall the rows of its list were. */
interface Place {
  y: number
  rows?: CacheSnapshot
}

const places = new Map<string, Place>()

export function placeOf(key: string): Place {
  const place = places.get(key) ?? { y: 0 }
  places.set(key, place)
  return place
}

/** Goes back to where one was; on a new page, to its top. The browser cannot: it does not know how long a page will be. */
export function useKeptPlaces(): void {
  const { key } = useLocation()
  const isReturn = useNavigationType() === 'POP'
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual'
    const place = placeOf(key)
    scrollTo({ top: isReturn ? place.y : 0, behavior: 'instant' })
    const note = (): void => {
      place.y = scrollY
    }
    addEventListener('scroll', note, { passive: true })
    return () => removeEventListener('scroll', note)
  }, [key, isReturn])
}
