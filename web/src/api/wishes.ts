import type { Store } from '@/lib/store'
import { createSessionStore } from '@/session/createSessionStore'

interface Wish<T> {
  wanted: T
  /** Tells the requests of one session from those of another. */
  request: symbol
}

export interface Wishes<T> {
  /** What the viewer has requested and the server has not confirmed, by the id of the object. */
  pending: Store<ReadonlyMap<string, Wish<T>>>
  /**
   * Requests a state of an object. Only one request per object is active at a time. If the viewer changes their mind
   * meanwhile, the last choice is sent after the response, if it differs. `send` returns true on success.
   */
  request: (id: string, wanted: T, send: (wanted: T) => Promise<boolean>) => Promise<void>
}

/** Creates the pending requests of one kind of toggle. */
export function createWishes<T>(): Wishes<T> {
  const pending = createSessionStore<ReadonlyMap<string, Wish<T>>>(new Map())
  return {
    pending,
    async request(id, choice, send) {
      const earlier = pending.get().get(id)
      const request = earlier?.request ?? Symbol(id)
      pending.set(new Map(pending.get()).set(id, { wanted: choice, request }))
      if (earlier) return
      const wanted = (): T | undefined => {
        const latest = pending.get().get(id)
        return latest?.request === request ? latest.wanted : undefined
      }
      let done: T | undefined
      try {
        for (let next = wanted(); next !== undefined && next !== done; next = wanted()) {
          if (!(await send(next))) break
          done = next
        }
      } finally {
        if (wanted() !== undefined) pending.set(new Map([...pending.get()].filter(([other]) => other !== id)))
      }
    },
  }
}
