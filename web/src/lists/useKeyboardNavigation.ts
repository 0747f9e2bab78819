import { type RefObject, useEffect } from 'react'
import type { WindowVirtualizerHandle } from 'virtua'

import { isTyping } from '@/lib/keyboard'

import { contentTop, rowAt, rowIndexOf, rowsOf } from './listRows'
import { nextRow } from './nextRow'

const ROWS_BY_KEY: Record<string, number> = { j: 1, k: -1 }
const FRAMES_TO_APPEAR = 10

/** Moves the focus to the next row with j and to the previous one with k. */
export function useKeyboardNavigation(
  list: RefObject<HTMLElement | null>,
  rows: RefObject<WindowVirtualizerHandle | null>,
  count: number,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const by = ROWS_BY_KEY[event.key]
      if (!by || isTyping(event) || !list.current || !rows.current) return
      event.preventDefault()
      const shown = rowsOf(list.current)
      const edge = contentTop()
      const measured = shown.map((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return { index: rowIndexOf(row) ?? 0, top, bottom }
      })
      const focused = rowIndexOf(document.activeElement)
      const to = nextRow({ rows: measured, focused, by, from: edge, to: innerHeight, count })
      focusRow(list.current, rows.current, { index: to, edge })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [list, rows, count])
}

function focusRow(
  list: HTMLElement,
  rows: WindowVirtualizerHandle,
  { index, edge }: { index: number; edge: number },
  frames = FRAMES_TO_APPEAR,
): void {
  const row = rowAt(list, index)
  if (row) {
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'start', behavior: 'instant' }) // below the title bar, by scroll-margin
  } else if (frames > 0) {
    if (frames === FRAMES_TO_APPEAR) rows.scrollToIndex(index, { align: 'start', offset: -edge })
    requestAnimationFrame(() => focusRow(list, rows, { index, edge }, frames - 1))
  }
}
