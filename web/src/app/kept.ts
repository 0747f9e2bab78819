/** What the browser keeps between visits. It may refuse (private windows, full disks): then a value lasts as long as the page. */

const lost = new Map<string, string>()

export function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? lost.get(key) ?? null
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

/** Calls back when another tab has written the key. Returns what ends that. */
export function onOtherTab(key: string, changed: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) changed()
  }
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}
