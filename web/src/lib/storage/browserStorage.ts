/**
 * Strings in localStorage. If the browser refuses to store a value (a private window, a full disk), the value is kept in
 * memory until the page is closed.
 */

const inMemory = new Map<string, string>()

export function readStored(key: string): string | null {
  try {
    return inMemory.get(key) ?? localStorage.getItem(key) // the value in memory is the later one
  } catch {
    return inMemory.get(key) ?? null
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
    inMemory.delete(key)
  } catch {
    if (value === null) inMemory.delete(key)
    else inMemory.set(key, value)
  }
}

/** Returns all keys that begin with the prefix. */
export function storedKeys(prefix: string): string[] {
  const keys = new Set(inMemory.keys())
  try {
    for (const key of Object.keys(localStorage)) keys.add(key)
  } catch {
    // The browser blocks localStorage.
  }
  return [...keys].filter((key) => key.startsWith(prefix))
}

/** Calls back when another tab changes a key with the prefix. Returns a function that stops it. */
export function onStoredPrefixChange(prefix: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === null || event.key.startsWith(prefix)) changed()
  }
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}

/** Calls back when another tab changes the key. Returns a function that stops it. */
export function onStoredChange(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) changed()
  }
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}
