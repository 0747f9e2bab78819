import type { WindowVirtualizerHandle } from 'virtua'

import { onFirstActivity } from '@/lib/navigation/userActivity'

import { rowAt } from './listRows'

const FRAMES_TO_SETTLE = 60
const STILL_FRAMES = 10

export interface Target {
  index: number
  /** The row's distance from the top of the window; null if it only has to be rendered. */
  top: number | null
}

export interface Settling extends Target {
  /** The index of the row that gets the focus; -1 for none. */
  focused: number
}

/**
 * Scrolls a row to an offset, corrects the offset while rows above it are measured, and focuses a row unless the user has
 * focused something else. Stops as soon as the user scrolls, points or types. Returns a function that stops it.
 */
export function settle(
  list: HTMLElement,
  rows: WindowVirtualizerHandle,
  { index, top, focused }: Settling,
): () => void {
  let frames = 0
  let still = 0
  let isStopped = false
  const stopWatching = onFirstActivity(() => (isStopped = true))
  const step = (): void => {
    if (isStopped || !list.isConnected) return stopWatching()
    const row = rowAt(list, index)
    const offset = row && top !== null ? row.getBoundingClientRect().top - top : 0
    if (!row && top !== null) rows.scrollToIndex(index, { align: 'start', offset: -top })
    if (Math.abs(offset) > 1) scrollBy({ top: offset, behavior: 'instant' })
    if (focused >= 0) focusIfFree(rowAt(list, focused))
    still = row && Math.abs(offset) <= 1 ? still + 1 : 0
    if (still < STILL_FRAMES && ++frames < FRAMES_TO_SETTLE) requestAnimationFrame(step)
    else stopWatching()
  }
  step()
  return () => {
    isStopped = true
    stopWatching()
  }
}

/** Focuses a row unless the user has focused something else. usePageFocus and useFocusRecovery focus `h1` and `#main`. */
function focusIfFree(row: HTMLElement | null): void {
  const active = document.activeElement
  if (row && (!active || active === document.body || active.matches('h1, #main'))) row.focus({ preventScroll: true })
}
