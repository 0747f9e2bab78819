import { type RefObject, useEffect } from 'react'
import type { WindowVirtualizerHandle } from 'virtua'

import { isTyping } from '@/lib/keyboard'

import { barEdge, rowAt, rowOf, rowsOf } from './listRows'
import { stepTo } from './nextRow'

const STEPS: Record<string, number> = { j: 1, k: -1 }
const FRAMES_TO_APPEAR = 10

/** j and k move the focus from row to row, from the first that is seen if none has it. */
export function useSteps(
  list: RefObject<HTMLElement | null>,
  rows: RefObject<WindowVirtualizerHandle | null>,
  count: number,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const by = STEPS[event.key]
      if (!by || isTyping(event) || !list.current || !rows.current) return
      event.preventDefault()
      const shown = rowsOf(list.current)
      const edge = barEdge()
      const measured = shown.map((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return { place: rowOf(row) ?? 0, top, bottom }
      })
      const focused = rowOf(document.activeElement)
      const to = stepTo({ rows: measured, focused, by, from: edge, to: innerHeight, count })
      focusRow(list.current, rows.current, { place: to, edge })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [list, rows, count])
}

function focusRow(
  list: HTMLElement,
  rows: WindowVirtualizerHandle,
  { place, edge }: { place: number; edge: number },
  frames = FRAMES_TO_APPEAR,
): void {
  const row = rowAt(list, place)
  if (row) {
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'start', behavior: 'instant' }) // below the bar: see scroll-margin
  } else if (frames > 0) {
    if (frames === FRAMES_TO_APPEAR) rows.scrollToIndex(place, { align: 'start', offset: -edge })
    requestAnimationFrame(() => focusRow(list, rows, { place, edge }, frames - 1))
  }
}
