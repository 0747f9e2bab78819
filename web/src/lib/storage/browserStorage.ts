/** What the browser keeps between visits. It may refuse (private windows, full disks): then a value lasts as long as the page. */

const lost = new Map<string, string>()

export function read(key: string): string | null {
  try {
    return lost.get(key) ?? localStorage.getItem(key) // what could not be written is later than what could
  } catch {
    return lost.get(key) ?? null
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
    lost.delete(key)
  } catch {
    if (value === null) lost.delete(key)
    else lost.set(key, value)
  }
}

/** The keys of all values that are kept under a prefix. */
export function keysWith(prefix: string): string[] {
  const keys = new Set(lost.keys())
  try {
    for (const key of Object.keys(localStorage)) keys.add(key)
  } catch {
    // The browser keeps nothing.
  }
  return [...keys].filter((key) => key.startsWith(prefix))
}

/** Calls back when another tab has written a key with the prefix. Returns what ends that. */
export function onOtherTabWith(prefix: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === null || event.key.startsWith(prefix)) changed()
  }
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}

/** Calls back when another tab has written the key. Returns what ends that. */
export function onOtherTab(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) changed()
  }
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}
