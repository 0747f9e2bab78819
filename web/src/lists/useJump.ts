import { type RefObject, useEffect, useRef } from 'react'
import type { WindowVirtualizerHandle } from 'virtua'

import { settle } from './settle'

/** The wish to show and focus a row. It is fulfilled once, as soon as the list has the row. Equal wishes are different objects. */
export interface Jump {
  /** The key of the row. */
  to: string
}

interface JumpingList {
  list: RefObject<HTMLElement | null>
  rows: RefObject<WindowVirtualizerHandle | null>
  /** The keys of all rows. */
  keys: readonly string[]
}

const PART_ABOVE = 1 / 3 // of the window, which shows the rows above, too

/** Scrolls a list to the row of each new jump and focuses it. */
export function useJump(jump: Jump | null, { list, rows, keys }: JumpingList): void {
  const last = useRef<Jump | null>(null)
  const stop = useRef(() => {})
  useEffect(() => {
    if (!jump || jump === last.current || !list.current || !rows.current) return
    const index = keys.indexOf(jump.to)
    if (index < 0) return
    last.current = jump
    stop.current()
    stop.current = settle(list.current, rows.current, { index, top: innerHeight * PART_ABOVE, focused: index })
  })
  useEffect(() => () => stop.current(), [])
}
