import type { ReactNode } from 'react'

import { createStore } from '@/lib/store'

export interface Toast {
  id: number
  message: ReactNode
  action?: ReactNode
  isProblem: boolean
}

const MAX_SHOWN = 3
const SHOWN_FOR_MS = 8_000
const PROBLEM_SHOWN_FOR_MS = 20_000
const MIN_AFTER_HOLD_MS = 3_000

/** Why countdowns are paused: the pointer is over a toast, the focus is in one, or the tab is hidden. */
type Hold = 'pointer' | 'focus' | 'hidden'

interface Countdown {
  leftMs: number
  since: number
  timer?: ReturnType<typeof setTimeout>
}

export const toasts = createStore<Toast[]>([])
const countdowns = new Map<number, Countdown>()
const holds = new Set<Hold>()
let last = 0

/** Shows a message for a while at the bottom of the page. Screen readers announce it. Returns the id of the toast. */
export function toast(
  message: ReactNode,
  { action, isProblem = false }: { action?: ReactNode; isProblem?: boolean } = {},
): number {
  const id = ++last
  for (const { id: old } of toasts.get().slice(0, 1 - MAX_SHOWN)) forget(old)
  toasts.set([...toasts.get().slice(1 - MAX_SHOWN), { id, message, action, isProblem }])
  countdowns.set(id, { leftMs: isProblem ? PROBLEM_SHOWN_FOR_MS : SHOWN_FOR_MS, since: 0 })
  if (holds.size === 0) run(id)
  return id
}

export function dismissToast(id: number): void {
  forget(id)
  toasts.set(toasts.get().filter((one) => one.id !== id))
}

/** Pauses all toasts until every hold is released. */
export function holdToasts(why: Hold): void {
  if (holds.size === 0) {
    for (const countdown of countdowns.values()) {
      clearTimeout(countdown.timer)
      countdown.leftMs -= Date.now() - countdown.since
    }
  }
  holds.add(why)
}

export function releaseToasts(why: Hold): void {
  if (!holds.delete(why) || holds.size > 0) return
  for (const [id, countdown] of countdowns) {
    countdown.leftMs = Math.max(countdown.leftMs, MIN_AFTER_HOLD_MS)
    run(id)
  }
}

function run(id: number): void {
  const countdown = countdowns.get(id)
  if (!countdown) return
  countdown.since = Date.now()
  countdown.timer = setTimeout(() => dismissToast(id), countdown.leftMs)
}

function forget(id: number): void {
  clearTimeout(countdowns.get(id)?.timer)
  countdowns.delete(id)
}
