import { type JSX, type ReactNode, useEffect, useRef, useState } from 'react'
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua'

import type { ListState } from './usePagedList'
import { usePlace } from '@/lib/navigation/useScrollPosition'

import { NearEnd } from './NearEnd'
import { useSteps } from './useKeyboardNavigation'
import { useReturn } from './useListScrollRestoration'

interface EndlessListProps<T> {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** The row of an item. What it can be focused by carries `data-place`. */
  row: (item: T, place: number) => ReactNode
  /** Posts make a feed, accounts a plain list. */
  role?: 'feed' | 'list'
  pages: ListState
  /** Below the last row: what is on its way, what went wrong, or that this is all. */
  foot: ReactNode
}

/** Rows as far as they are near the window. On the way back it is as long as it was, so that its place is still there. */
export function EndlessList<T>({
  label,
  items,
  keyOf,
  row,
  role = 'feed',
  pages,
  foot,
}: EndlessListProps<T>): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const rows = useRef<WindowVirtualizerHandle>(null)
  const place = usePlace()
  const [kept] = useState(place.rows)
  const isMeasured = useIsMeasured(items.length, Boolean(kept))
  useSteps(list, rows, items.length)
  useReturn({ place, list, rows, items, keyOf, pages })
  return (
    <>
      <div ref={list} role={role} aria-label={label}>
        <WindowVirtualizer ref={rows} data={items} {...(kept && { cache: kept })} bufferSize={600}>
          {(item, index) => (
            <div key={keyOf(item)} role={role === 'list' ? 'listitem' : undefined}>
              {row(item, index)}
            </div>
          )}
        </WindowVirtualizer>
      </div>
      {/* Anew after each page: a page of hidden rows does not move the end away from the window. */}
      {pages.hasMore && !pages.isLoading && <NearEnd onNear={pages.loadMore} />}
      {isMeasured && foot}
    </>
  )
}

/**
 * False while the first rows have the heights that the virtualizer guesses: what stands below them would be moved when it
 * has measured them, two frames later.
 */
function useIsMeasured(count: number, isKnown: boolean): boolean {
  const [isMeasured, setMeasured] = useState(isKnown)
  const isWaiting = count > 0 && !isMeasured
  useEffect(() => {
    if (!isWaiting) return
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setMeasured(true))
    })
    return () => cancelAnimationFrame(frame)
  }, [isWaiting])
  return !isWaiting
}
