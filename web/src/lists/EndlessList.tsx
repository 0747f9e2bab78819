import { type ComponentPropsWithRef, type JSX, type ReactNode, useEffect, useRef, useState } from 'react'
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua'

import { useScrollPosition } from '@/lib/navigation/useScrollPosition'

import { NearEnd } from './NearEnd'
import { type Jump, useJump } from './useJump'
import { useKeyboardNavigation } from './useKeyboardNavigation'
import { useListScrollRestoration } from './useListScrollRestoration'
import type { ListState } from './usePagedList'

interface EndlessListProps<T> {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** Renders the row of an item. Its focusable element has the attribute `data-index`. */
  row: (item: T, index: number) => ReactNode
  /** `feed` for posts, `list` for accounts. */
  role?: 'feed' | 'list'
  pages: ListState
  /** Shown below the last row: a loading state, an error or the end of the list. */
  foot: ReactNode
  jump?: Jump | null
}

/** A virtualized list that loads more pages near its end. On return it has its former length, and so its scroll position. */
export function EndlessList<T>({
  label,
  items,
  keyOf,
  row,
  role = 'feed',
  pages,
  foot,
  jump = null,
}: EndlessListProps<T>): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const rows = useRef<WindowVirtualizerHandle>(null)
  const position = useScrollPosition()
  const [savedSizes] = useState(position.rowSizes)
  const isMeasured = useAreRowsMeasured(items.length, Boolean(savedSizes))
  useKeyboardNavigation(list, rows, items.length)
  useListScrollRestoration({ position, list, rows, items, keyOf, pages })
  useJump(jump, { list, rows, keys: items.map(keyOf) })
  return (
    <>
      {/* An empty list, which is being loaded or has failed, has no role: `feed` and `list` require children. */}
      <div ref={list} {...(items.length > 0 && { role, 'aria-label': label })}>
        <WindowVirtualizer
          ref={rows}
          as={Rows}
          data={items}
          {...(savedSizes && { cache: savedSizes })}
          bufferSize={600}
        >
          {(item, index) => (
            <div key={keyOf(item)} role={role === 'list' ? 'listitem' : undefined}>
              {row(item, index)}
            </div>
          )}
        </WindowVirtualizer>
      </div>
      {/* Mounted again after each page, because a page of hidden rows does not move the end of the list. */}
      {pages.hasMore && !pages.isLoading && <NearEnd onNear={pages.loadMore} />}
      {isMeasured && foot}
    </>
  )
}

/** The element around the rows. They accept clicks during a scroll, too: the virtualizer would ignore them until its end. */
function Rows({ style, ...attributes }: ComponentPropsWithRef<'div'>): JSX.Element {
  return <div {...attributes} style={{ ...style, pointerEvents: undefined }} />
}

/**
 * False until the virtualizer has measured the first rows, two frames after it has rendered them. Before that, their heights
 * are estimates, and everything below them would shift.
 */
function useAreRowsMeasured(count: number, isKnown: boolean): boolean {
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
