import { keysWith, onOtherTabWith, read, write } from './browserStorage'

/** Where a shelf keeps its items: this browser's storage, which all tabs share. */
export interface Storage {
  read: (key: string) => string | null
  write: (key: string, value: string | null) => void
  keysWith: (prefix: string) => string[]
  onOtherTabWith: (prefix: string, changed: () => void) => () => void
}

export const browserStorage: Storage = { read, write, keysWith, onOtherTabWith }

/** Items under a prefix, each in a key of its own: two tabs that write different items at once lose neither. */
export interface Shelf<T> {
  all: () => T[]
  read: (id: string) => T | null
  write: (id: string, item: T) => void
  remove: (id: string) => void
  /** Calls back when another tab has changed an item. Returns what ends that. */
  onOtherTab: (changed: () => void) => () => void
}

/** `parse` returns null for what is not an item: it is skipped. */
export function createShelf<T>(storage: Storage, prefix: string, parse: (value: unknown) => T | null): Shelf<T> {
  const readKey = (key: string): T | null => {
    try {
      return parse(JSON.parse(storage.read(key) ?? 'null'))
    } catch {
      return null
    }
  }
  return {
    all: () =>
      storage
        .keysWith(prefix)
        .map(readKey)
        .filter((item) => item !== null),
    read: (id) => readKey(prefix + id),
    write: (id, item) => storage.write(prefix + id, JSON.stringify(item)),
    remove: (id) => storage.write(prefix + id, null),
    onOtherTab: (changed) => storage.onOtherTabWith(prefix, changed),
  }
}
