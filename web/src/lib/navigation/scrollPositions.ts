import type { CacheSnapshot } from 'virtua'

/** A row of a list that is seen, and how far below the window's top it begins. */
export interface Seen {
  id: string
  top: number
}

/** Where the reader of an entry of the history is, or was. */
export interface Place {
  /** How far the page is scrolled. */
  y: number
  /** The first rows that are seen. A list may have changed when its reader is back: then `y` leads elsewhere. */
  seen?: Seen[]
  /** The place of the first of them in the list, from 0. */
  at?: number
  /** The row that has the focus. */
  focused?: string
  /** The address of the link that has the focus, on a page or beside its list. */
  link?: string
  /** How tall the rows of the list are. Not kept over a reload. */
  rows?: CacheSnapshot
}

/** A function, since browsers that block the site's data throw an error as soon as a script names the storage. */
type Kept = () => Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'tweeter.places'
const MOST_KEPT = 30 // entries of the history, the latest

/** The places of all entries of this tab's history. */
export class Places {
  readonly #places = new Map<string, Place>()

  of(key: string): Place {
    const place = this.#places.get(key) ?? { y: 0 }
    this.#places.delete(key)
    this.#places.set(key, place) // the latest is last
    return place
  }

  /** Makes the tab forget an entry that its browser takes for a new one. */
  forget(key: string): void {
    this.#places.delete(key)
  }

  /** Writes them down, for the next page of this tab. Full or forbidden storage costs the places only. */
  keep(storage: Kept): void {
    const kept = [...this.#places].slice(-MOST_KEPT).map(([key, { rows: _, ...place }]) => [key, place])
    try {
      storage().setItem(KEY, JSON.stringify(kept))
    } catch {
      return
    }
  }

  restore(storage: Kept): void {
    try {
      const kept: unknown = JSON.parse(storage().getItem(KEY) ?? '[]')
      if (!Array.isArray(kept)) return
      for (const entry of kept as unknown[]) {
        if (isEntry(entry)) this.#places.set(entry[0], entry[1])
      }
    } catch {
      return
    }
  }
}

/** Which of the rows that were seen is there, and where it was. */
export function rowToReturnTo(seen: readonly Seen[], ids: readonly string[]): { index: number; top: number } | null {
  for (const { id, top } of seen) {
    const index = ids.indexOf(id)
    if (index >= 0) return { index, top }
  }
  return null
}

/** Rows read beyond the place where those that were seen stood, until they count as gone. */
const FAR_BEYOND = 100

/** The row at a place in a list whose rows that were seen are gone. Null while they may still come. */
export function rowInstead(at: number, count: number, isAll: boolean): number | null {
  const isGone = count > 0 && (isAll || count >= at + FAR_BEYOND)
  return isGone ? Math.min(at, count - 1) : null
}

function isEntry(value: unknown): value is [string, Place] {
  if (!Array.isArray(value)) return false
  const [key, place] = value as unknown[]
  if (typeof key !== 'string' || typeof place !== 'object' || place === null) return false
  const { y, seen, at, focused, link } = place as Record<string, unknown>
  return (
    typeof y === 'number' &&
    (seen === undefined || (Array.isArray(seen) && seen.every(isSeen))) &&
    (at === undefined || (Number.isInteger(at) && Number(at) >= 0)) &&
    [focused, link].every((text) => text === undefined || typeof text === 'string')
  )
}

function isSeen(value: unknown): value is Seen {
  if (typeof value !== 'object' || value === null) return false
  const { id, top } = value as Record<string, unknown>
  return typeof id === 'string' && typeof top === 'number'
}
