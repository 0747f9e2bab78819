import { onStoredPrefixChange, readStored, storedKeys, writeStored } from './browserStorage'

/** A storage of strings that all tabs of a browser share. */
export interface KeyValueStorage {
  read: (key: string) => string | null
  write: (key: string, value: string | null) => void
  keysWithPrefix: (prefix: string) => string[]
  onChangeInOtherTab: (prefix: string, changed: () => void) => () => void
}

export const browserStorage: KeyValueStorage = {
  read: readStored,
  write: writeStored,
  keysWithPrefix: storedKeys,
  onChangeInOtherTab: onStoredPrefixChange,
}

/** Records under a prefix, one key each: if two tabs write different records at once, both are stored. */
export interface RecordStore<T> {
  all: () => T[]
  read: (id: string) => T | null
  write: (id: string, record: T) => void
  remove: (id: string) => void
  /** Calls back when another tab changes a record. Returns a function that stops it. */
  onChangeInOtherTab: (changed: () => void) => () => void
}

/** `parse` returns null for an invalid value. Invalid values are skipped. */
export function createRecordStore<T>(
  storage: KeyValueStorage,
  prefix: string,
  parse: (value: unknown) => T | null,
): RecordStore<T> {
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
        .keysWithPrefix(prefix)
        .map(readKey)
        .filter((record) => record !== null),
    read: (id) => readKey(prefix + id),
    write: (id, record) => storage.write(prefix + id, JSON.stringify(record)),
    remove: (id) => storage.write(prefix + id, null),
    onChangeInOtherTab: (changed) => storage.onChangeInOtherTab(prefix, changed),
  }
}
