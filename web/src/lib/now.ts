import { createStore } from './store'

const A_MINUTE_MS = 60_000

/** The current time in ms, updated every minute. */
export const now = createStore(Date.now())

setInterval(() => now.set(Date.now()), A_MINUTE_MS)
