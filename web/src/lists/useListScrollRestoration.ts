import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useNavigationType } from 'react-router'
import type { WindowVirtualizerHandle } from 'virtua'

import type { ListState } from './usePagedList'
import { type Place, rowInstead, rowToReturnTo, type Seen } from '@/lib/navigation/scrollPositions'
import { whileUndisturbed } from '@/lib/navigation/userActivity'
import { useLeaving } from '@/lib/navigation/useScrollPosition'

import { barEdge, rowAt, rowOf, rowsOf } from './listRows'

const MOST_PAGES = 25
const MOST_SEEN = 4 // the topmost row may be deleted meanwhile
const FRAMES_TO_SETTLE = 60
const STILL_FRAMES = 10

interface ReturningList<T> {
  place: Place
  list: RefObject<HTMLElement | null>
  rows: RefObject<WindowVirtualizerHandle | null>
  items: readonly T[]
  keyOf: (item: T) => string
  pages: ListState
}

/**
 * Restores the position in a list by the row that was at the top of the window, and the focus of the focused row, also
 * after a reload. It loads up to MOST_PAGES pages to find the row. If the row is gone, it goes to the row at
 * the same place in the list. It stops as soon as the user scrolls, points or types.
 */
export function useReturn<T>({ place, list, rows, items, keyOf, pages }: ReturningList<T>): void {
  const isReturn = useNavigationType() === 'POP'
  const [left] = useState(isReturn ? { ...place } : null)
  const isLooking = useRef(Boolean(left?.seen ?? left?.focused))
  const lengths = useRef(new Set<number>())
  const stop = useRef(() => {})

  useEffect(() => {
    if (!isLooking.current || !left) return
    const ids = items.map(keyOf)
    const focused = ids.indexOf(left.focused ?? '')
    const { hasMore, isLoading, problem, loadMore } = pages
    const mayRead = lengths.current.add(items.length).size <= MOST_PAGES
    const isAll = !isLoading && !problem && !(hasMore && mayRead)
    const found = left.seen
      ? (rowToReturnTo(left.seen, ids) ?? insteadOf(left, ids.length, isAll))
      : focused >= 0 && { index: focused, top: null }
    if (found && list.current && rows.current) {
      isLooking.current = false
      stop.current = settle(list.current, rows.current, { ...found, focused })
    } else if (hasMore && mayRead) loadMore()
  })
  useLayoutEffect(() => {
    const end = whileUndisturbed(() => (isLooking.current = false))
    return () => {
      end()
      stop.current()
    }
  }, [])
  useLeaving(place, (leaving) => {
    const handle = rows.current
    if (handle) leaving.rows = handle.cache
    if (!list.current || isLooking.current) return
    const idAt = (row: number | null): string | undefined => {
      const item = row === null ? undefined : items[row]
      return item && keyOf(item)
    }
    const focused = idAt(rowOf(document.activeElement))
    const { seen, at } = scrollY < 1 ? {} : seenIn(list.current, idAt)
    Object.assign(leaving, { seen, at, focused })
  })
}

function insteadOf({ seen, at }: Place, count: number, isAll: boolean): Target | null {
  const index = at === undefined ? null : rowInstead(at, count, isAll)
  return index === null ? null : { index, top: seen?.[0]?.top ?? null }
}

function seenIn(list: HTMLElement, idAt: (row: number | null) => string | undefined): Pick<Place, 'seen' | 'at'> {
  const seen: Seen[] = []
  let at: number | undefined
  const edge = barEdge()
  for (const row of rowsOf(list)) {
    const { top, bottom } = row.getBoundingClientRect()
    const place = rowOf(row)
    const id = idAt(place)
    if (bottom > edge && place !== null && id) {
      at ??= place
      seen.push({ id, top })
    }
    if (seen.length === MOST_SEEN) break
  }
  return { seen, ...(at !== undefined && { at }) }
}

interface Target {
  index: number
  /** Null for the row that only has to be there. */
  top: number | null
}

interface Settling extends Target {
  /** The place of the row that had the focus; -1 for none. */
  focused: number
}

/**
 * Scrolls a row to where it was, corrects that while rows above it are measured, and restores the focus. Returns a function
 * that stops it.
 */
function settle(list: HTMLElement, rows: WindowVirtualizerHandle, { index, top, focused }: Settling): () => void {
  let frames = 0
  let still = 0
  let isOver = false
  const end = whileUndisturbed(() => (isOver = true))
  const step = (): void => {
    if (isOver || !list.isConnected) return end()
    const row = rowAt(list, index)
    const off = row && top !== null ? row.getBoundingClientRect().top - top : 0
    if (!row && top !== null) rows.scrollToIndex(index, { align: 'start', offset: -top })
    if (Math.abs(off) > 1) scrollBy({ top: off, behavior: 'instant' })
    if (focused >= 0) focusIfFree(rowAt(list, focused))
    still = row && Math.abs(off) <= 1 ? still + 1 : 0
    if (still < STILL_FRAMES && ++frames < FRAMES_TO_SETTLE) requestAnimationFrame(step)
    else end()
  }
  step()
  return () => {
    isOver = true
    end()
  }
}

/** Takes the focus only from where useArrival and useFocusKept put it. */
function focusIfFree(row: HTMLElement | null): void {
  const active = document.activeElement
  if (row && (!active || active === document.body || active.matches('h1, #main'))) row.focus({ preventScroll: true })
}
