import type { ReactNode } from 'react'

import { createStore } from '@/app/store'

export interface Toast {
  id: number
  message: ReactNode
  action?: ReactNode
  isProblem: boolean
}

const SHOWN_FOR_MS = 6_000
const PROBLEM_SHOWN_FOR_MS = 12_000

export const toasts = createStore<Toast[]>([])
let last = 0

/** Says it for a while at the foot of the page, and to screen readers. */
export function toast(
  message: ReactNode,
  { action, isProblem = false }: { action?: ReactNode; isProblem?: boolean } = {},
): void {
  const id = ++last
  toasts.set([...toasts.get().slice(-2), { id, message, action, isProblem }])
  setTimeout(() => dismiss(id), isProblem ? PROBLEM_SHOWN_FOR_MS : SHOWN_FOR_MS)
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id))
}
