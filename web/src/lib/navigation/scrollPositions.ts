import type { CacheSnapshot } from 'virtua'

/** A visible row of a list. `top` is its distance from the top of the window, in px. */
export interface VisibleRow {
  id: string
  top: number
}

/** The scroll position and the focus of one history entry. */
export interface ScrollPosition {
  /** The scroll offset of the page, in px. */
  y: number
  /** The first visible rows. If the list has changed when the user returns, `y` is the wrong offset. */
  visibleRows?: VisibleRow[]
  /** The index of the first visible row. */
  firstRow?: number
  /** The id of the focused row. */
  focusedRow?: string
  /** The address of the focused link, outside of list rows too. */
  focusedLink?: string
  /** The measured heights of the rows. They are lost on reload. */
  rowSizes?: CacheSnapshot
}

/** A function, because browsers that block the site's data throw an error on access to `sessionStorage` itself. */
type GetStorage = () => Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'tweeter.scrollPositions'
const MAX_SAVED = 30 // history entries, the most recent

/** The scroll positions of all history entries of this tab. */
export class ScrollPositions {
  readonly #positions = new Map<string, ScrollPosition>()

  get(key: string): ScrollPosition {
    const position = this.#positions.get(key) ?? { y: 0 }
    this.#positions.delete(key)
    this.#positions.set(key, position) // the most recent is last
    return position
  }

  remove(key: string): void {
    this.#positions.delete(key)
  }

  /** Saves the positions for the next page load of this tab. If the storage is full or blocked, they are lost. */
  save(storage: GetStorage): void {
    const saved = [...this.#positions].slice(-MAX_SAVED).map(([key, { rowSizes: _, ...position }]) => [key, position])
    try {
      storage().setItem(KEY, JSON.stringify(saved))
    } catch {
      return
    }
  }

  restore(storage: GetStorage): void {
    try {
      const saved: unknown = JSON.parse(storage().getItem(KEY) ?? '[]')
      if (!Array.isArray(saved)) return
      for (const entry of saved as unknown[]) {
        if (isEntry(entry)) this.#positions.set(entry[0], entry[1])
      }
    } catch {
      return
    }
  }
}

/** Finds the first row of those that were visible that the list still has, with its former distance from the top. */
export function findVisibleRow(
  visibleRows: readonly VisibleRow[],
  ids: readonly string[],
): { index: number; top: number } | null {
  for (const { id, top } of visibleRows) {
    const index = ids.indexOf(id)
    if (index >= 0) return { index, top }
  }
  return null
}

/** The visible rows count as deleted when this number of rows after their index has been loaded. */
const ROWS_BEYOND = 100

/**
 * Returns the index of the row to show if all rows that were visible are deleted, or null while they may still be loaded.
 * `at` is the former index of the first one.
 */
export function findReplacementRow(at: number, count: number, isAll: boolean): number | null {
  const areDeleted = count > 0 && (isAll || count >= at + ROWS_BEYOND)
  return areDeleted ? Math.min(at, count - 1) : null
}

function isEntry(value: unknown): value is [string, ScrollPosition] {
  if (!Array.isArray(value)) return false
  const [key, position] = value as unknown[]
  if (typeof key !== 'string' || typeof position !== 'object' || position === null) return false
  const { y, visibleRows, firstRow, focusedRow, focusedLink } = position as Record<string, unknown>
  return (
    typeof y === 'number' &&
    (visibleRows === undefined || (Array.isArray(visibleRows) && visibleRows.every(isVisibleRow))) &&
    (firstRow === undefined || (Number.isInteger(firstRow) && Number(firstRow) >= 0)) &&
    [focusedRow, focusedLink].every((text) => text === undefined || typeof text === 'string')
  )
}

function isVisibleRow(value: unknown): value is VisibleRow {
  if (typeof value !== 'object' || value === null) return false
  const { id, top } = value as Record<string, unknown>
  return typeof id === 'string' && typeof top === 'number'
}
