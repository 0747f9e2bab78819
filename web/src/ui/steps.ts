import { type RefObject, useEffect } from 'react'
import type { WindowVirtualizerHandle } from 'virtua'

import { isTyping } from '@/app/keys'

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
      const step = STEPS[event.key]
      if (!step || isTyping(event) || !list.current || !rows.current) return
      event.preventDefault()
      const from = placeOf(document.activeElement) ?? firstSeen(list.current) - step
      const to = Math.min(Math.max(from + step, 0), count - 1)
      focusRow(list.current, rows.current, to)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [list, rows, count])
}

function focusRow(list: HTMLElement, rows: WindowVirtualizerHandle, place: number, frames = FRAMES_TO_APPEAR): void {
  const row = list.querySelector<HTMLElement>(`[data-place="${place}"]`)
  if (row) {
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  } else if (frames > 0) {
    if (frames === FRAMES_TO_APPEAR) rows.scrollToIndex(place, { align: 'center' })
    requestAnimationFrame(() => focusRow(list, rows, place, frames - 1))
  }
}

function placeOf(element: Element | null): number | null {
  const place = element?.closest<HTMLElement>('[data-place]')?.dataset['place']
  return place === undefined ? null : Number(place)
}

function firstSeen(list: HTMLElement): number {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-place]')]
  return placeOf(rows.find((row) => row.getBoundingClientRect().top >= 0) ?? null) ?? 0
}
