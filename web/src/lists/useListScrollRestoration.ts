import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useNavigationType } from 'react-router'
import type { WindowVirtualizerHandle } from 'virtua'

import {
  findReplacementRow,
  findVisibleRow,
  type ScrollPosition,
  type VisibleRow,
} from '@/lib/navigation/scrollPositions'
import { onFirstActivity } from '@/lib/navigation/userActivity'
import { useBeforeLeaving } from '@/lib/navigation/useScrollPosition'

import { contentTop, rowIndexOf, rowsOf } from './listRows'
import { settle, type Target } from './settle'
import type { ListState } from './usePagedList'

const MAX_PAGES = 25
const MAX_VISIBLE_ROWS = 4 // the first ones may be deleted by the time the user returns

interface RestoredList<T> {
  position: ScrollPosition
  list: RefObject<HTMLElement | null>
  rows: RefObject<WindowVirtualizerHandle | null>
  items: readonly T[]
  keyOf: (item: T) => string
  pages: ListState
}

/**
 * Scrolls a list to the row that was at the top of the window and restores the focus of the focused row, also after a
 * reload. It loads up to MAX_PAGES pages to find the row. If the row is deleted, it scrolls to the row with the same index.
 * It stops as soon as the user scrolls, points or types.
 */
export function useListScrollRestoration<T>({ position, list, rows, items, keyOf, pages }: RestoredList<T>): void {
  const isReturn = useNavigationType() === 'POP'
  const [saved] = useState(isReturn ? { ...position } : null)
  const isSearching = useRef(Boolean(saved?.visibleRows ?? saved?.focusedRow))
  const lengths = useRef(new Set<number>())
  const stop = useRef(() => {})

  useEffect(() => {
    if (!isSearching.current || !saved) return
    const ids = items.map(keyOf)
    const focused = ids.indexOf(saved.focusedRow ?? '')
    const { hasMore, isLoading, problem, loadMore } = pages
    const mayLoad = lengths.current.add(items.length).size <= MAX_PAGES
    const isAll = !isLoading && !problem && !(hasMore && mayLoad)
    const found = saved.visibleRows
      ? (findVisibleRow(saved.visibleRows, ids) ?? replacementFor(saved, ids.length, isAll))
      : focused >= 0 && { index: focused, top: null }
    if (found && list.current && rows.current) {
      isSearching.current = false
      stop.current = settle(list.current, rows.current, { ...found, focused })
    } else if (hasMore && mayLoad) loadMore()
  })
  useLayoutEffect(() => {
    const stopWatching = onFirstActivity(() => (isSearching.current = false))
    return () => {
      stopWatching()
      stop.current()
    }
  }, [])
  useBeforeLeaving(position, (leaving) => {
    const handle = rows.current
    if (handle) leaving.rowSizes = handle.cache
    if (!list.current || isSearching.current) return
    const idAt = (row: number | null): string | undefined => {
      const item = row === null ? undefined : items[row]
      return item && keyOf(item)
    }
    const focusedRow = idAt(rowIndexOf(document.activeElement))
    const { visibleRows, firstRow } = scrollY < 1 ? {} : visibleRowsIn(list.current, idAt)
    Object.assign(leaving, { visibleRows, firstRow, focusedRow })
  })
}

function replacementFor({ visibleRows, firstRow }: ScrollPosition, count: number, isAll: boolean): Target | null {
  const index = firstRow === undefined ? null : findReplacementRow(firstRow, count, isAll)
  return index === null ? null : { index, top: visibleRows?.[0]?.top ?? null }
}

function visibleRowsIn(
  list: HTMLElement,
  idAt: (row: number | null) => string | undefined,
): Pick<ScrollPosition, 'visibleRows' | 'firstRow'> {
  const visibleRows: VisibleRow[] = []
  let firstRow: number | undefined
  const edge = contentTop()
  for (const row of rowsOf(list)) {
    const { top, bottom } = row.getBoundingClientRect()
    const index = rowIndexOf(row)
    const id = idAt(index)
    if (bottom > edge && index !== null && id) {
      firstRow ??= index
      visibleRows.push({ id, top })
    }
    if (visibleRows.length === MAX_VISIBLE_ROWS) break
  }
  return { visibleRows, ...(firstRow !== undefined && { firstRow }) }
}
