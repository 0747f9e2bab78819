import { createStore } from '@/app/store'

/** Whether the composer is open. */
export const composing = createStore(false)

export const openComposer = (): void => composing.set(true)
export const closeComposer = (): void => composing.set(false)
