/** Mutual exclusion between tabs. A lock is released when the work ends or the tab is closed. */
export interface Locks {
  /** Waits for the lock, then does the work. */
  hold: <T>(name: string, work: () => T | Promise<T>) => Promise<T>
  /** Does the work if the lock is free. Otherwise returns null at once. */
  holdIfFree: <T>(name: string, work: () => T | Promise<T>) => Promise<T | null>
}

/** Locks between all tabs of this browser. Insecure origins have no Web Locks: there, they work within this tab only. */
export const locks: Locks =
  'navigator' in globalThis && 'locks' in navigator ? createWebLocks(navigator.locks) : createTabLocks()

/** Falls back to locks within this tab if the browser refuses a lock, as it does if the site may not store data. */
export function createWebLocks(manager: Pick<LockManager, 'request'>): Locks {
  const tabLocks = createTabLocks()
  return {
    async hold(name, work) {
      let hasStarted = false as boolean
      const start = async () => {
        hasStarted = true
        return work()
      }
      try {
        return await manager.request(name, start)
      } catch (error) {
        if (hasStarted) throw error
        return tabLocks.hold(name, work)
      }
    },
    async holdIfFree(name, work) {
      let hasStarted = false as boolean
      const start = async (lock: Lock | null) => {
        hasStarted = true
        return lock ? work() : null
      }
      try {
        return await manager.request(name, { ifAvailable: true }, start)
      } catch (error) {
        if (hasStarted) throw error
        return tabLocks.holdIfFree(name, work)
      }
    },
  }
}

/** Locks between the users of the returned object. */
export function createTabLocks(): Locks {
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
