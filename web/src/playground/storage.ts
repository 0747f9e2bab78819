import type { Storage } from '@graphiql/toolkit'

/** Returns the editor's storage option: an in-memory storage if the browser blocks localStorage. */
export function storageProps(): { storage?: Storage } {
  try {
    localStorage.getItem('') // throws a SecurityError
  } catch {
    return { storage: createMemory() }
  }
  return {}
}

function createMemory(): Storage {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
    get length() {
      return values.size
    },
  }
}
