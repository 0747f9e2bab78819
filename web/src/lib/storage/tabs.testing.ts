import { createLocks, type Locks } from './locks'
import type { Storage } from './recordStore'

/** A tab of a browser that is only memory. */
export interface Tab {
  storage: Storage
  locks: Locks
  /** Wraps work that ends with the tab. */
  whileOpen: <T>(work: Promise<T>) => Promise<T>
  /** From now on it writes nothing, hears nothing, holds no lock, and its work never ends. */
  close: () => void
}

/** A browser's storage and locks, for the tabs of one test: what one tab writes, the others are told. */
export function createBrowser(values = new Map<string, string>()): { values: Map<string, string>; open: () => Tab } {
  const shared = createLocks()
  const listeners = new Map<Tab, Set<{ prefix: string; changed: () => void }>>()

  const open = (): Tab => {
    let isOpen = true
    let close: (value: null) => void
    const closed = new Promise<null>((resolve) => (close = resolve))
    const never = new Promise<never>(() => undefined)
    const whileOpen = <T>(work: Promise<T>): Promise<T> => work.then((result) => (isOpen ? result : never))
    /** The lock is free when the work is done or the tab is closed. */
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
        keysWith: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
        onOtherTabWith(prefix, changed) {
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
