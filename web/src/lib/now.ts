import { createStore } from './store'

const A_MINUTE_MS = 60_000

/** The time, as often as it matters to what says "3 m". */
export const minute = createStore(Date.now())

setInterval(() => minute.set(Date.now()), A_MINUTE_MS)
