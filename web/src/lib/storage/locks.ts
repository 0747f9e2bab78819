/** Mutual exclusion between tabs. A lock is free again when the work is done or its tab is gone. */
export interface Locks {
  /** Waits for the lock, then does the work. */
  hold: <T>(name: string, work: () => T | Promise<T>) => Promise<T>
  /** Does the work if the lock is free now. Returns null if it is not. */
  holdIfFree: <T>(name: string, work: () => T | Promise<T>) => Promise<T | null>
}

/** Between all tabs of this browser; on an insecure origin, where browsers have no Web Locks, within this tab. */
export const locks: Locks =
  'navigator' in globalThis && 'locks' in navigator ? webLocks(navigator.locks) : createLocks()

/** If the browser refuses to lock anything, as it does for sites that may store nothing: locks within this tab. */
export function webLocks(manager: Pick<LockManager, 'request'>): Locks {
  const within = createLocks()
  return {
    async hold(name, work) {
      let isBegun = false as boolean
      const begin = async () => {
        isBegun = true
        return work()
      }
      try {
        return await manager.request(name, begin)
      } catch (error) {
        if (isBegun) throw error
        return within.hold(name, work)
      }
    },
    async holdIfFree(name, work) {
      let isBegun = false as boolean
      const begin = async (lock: Lock | null) => {
        isBegun = true
        return lock ? work() : null
      }
      try {
        return await manager.request(name, { ifAvailable: true }, begin)
      } catch (error) {
        if (isBegun) throw error
        return within.holdIfFree(name, work)
      }
    },
  }
}

/** Locks among those that share this object. */
export function createLocks(): Locks {
  const held = new Map<string, Promise<unknown>>()
  const hold: Locks['hold'] = async (name, work) => {
    const before = held.get(name)
    const done = before ? before.then(work, work) : Promise.resolve(work())
    held.set(name, done)
    try {
      return await done
    } finally {
      if (held.get(name) === done) held.delete(name)
    }
  }
  return { hold, holdIfFree: (name, work) => (held.has(name) ? Promise.resolve(null) : hold(name, work)) }
}
