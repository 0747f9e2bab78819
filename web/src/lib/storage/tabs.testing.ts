import { createTabLocks, type Locks } from './locks'
import type { KeyValueStorage } from './recordStore'

/** A tab of an in-memory browser. */
export interface Tab {
  storage: KeyValueStorage
  locks: Locks
  /** Wraps work so that it never ends if the tab is closed first. */
  whileOpen: <T>(work: Promise<T>) => Promise<T>
  /** Stops the tab: it writes nothing, gets no events, holds no lock, and its work never ends. */
  close: () => void
}

/** Creates the storage and the locks of a browser. A tab is notified of what other tabs write. */
export function createBrowser(values = new Map<string, string>()): { values: Map<string, string>; open: () => Tab } {
  const shared = createTabLocks()
  const listeners = new Map<Tab, Set<{ prefix: string; changed: () => void }>>()

  const open = (): Tab => {
    let isOpen = true
    let close: (value: null) => void
    const closed = new Promise<null>((resolve) => (close = resolve))
    const never = new Promise<never>(() => undefined)
    const whileOpen = <T>(work: Promise<T>): Promise<T> => work.then((result) => (isOpen ? result : never))
    /** Releases the lock when the work ends or the tab is closed. */
    const heldBy = <T>(work: () => T | Promise<T>) => {
      return () => (isOpen ? Promise.race([work(), closed as Promise<T>]) : (closed as Promise<T>))
    }
    const tab: Tab = {
      storage: {
        read: (key) => values.get(key) ?? null,
        write(key, value) {
          if (!isOpen) return
          if (value === null) values.delete(key)
          else values.set(key, value)
          for (const [other, heard] of listeners) {
            for (const { prefix, changed } of other === tab ? [] : heard) if (key.startsWith(prefix)) changed()
          }
        },
        keysWithPrefix: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
        onChangeInOtherTab(prefix, changed) {
          const listener = { prefix, changed }
          listeners.get(tab)?.add(listener)
          return () => listeners.get(tab)?.delete(listener)
        },
      },
      locks: {
        hold: (name, work) => whileOpen(shared.hold(name, heldBy(work))),
        holdIfFree: (name, work) => whileOpen(shared.holdIfFree(name, heldBy(work))),
      },
      whileOpen,
      close() {
        isOpen = false
        listeners.delete(tab)
        close(null)
      },
    }
    listeners.set(tab, new Set())
    return tab
  }
  return { values, open }
}
