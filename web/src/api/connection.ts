import { createStore } from '@/app/store'

/** Of the socket over which new posts arrive. `lost` while it is being tried again. */
export type Connection = 'closed' | 'open' | 'lost'

export const connection = createStore<Connection>('closed')
