interface Row {
  /** In the list, from 0. */
  place: number
  /** In px below the window's top. */
  top: number
  bottom: number
}

interface Step {
  /** The rows that are in the document, from the first. */
  rows: readonly Row[]
  /** The place of the row that has the focus. */
  focused: number | null
  /** 1 for the next, -1 for the one before. */
  by: number
  /** The part of the window in which rows are seen, in px below its top. */
  from: number
  to: number
  /** How many rows the list has. */
  count: number
}

/**
 * The place of the row to go to. Steps go on from the row that has the focus, if it is seen, and otherwise begin with
 * the first that is seen from its top.
 */
export function stepTo({ rows, focused, by, from, to, count }: Step): number {
  const at = rows.find(({ place }) => place === focused)
  const isSeen = at !== undefined && at.bottom > from && at.top < to
  const first = rows.find(({ top }) => top >= from - 1) // a row scrolled to the edge may be off by a fraction
  const next = isSeen ? at.place + by : (first?.place ?? 0)
  return Math.min(Math.max(next, 0), count - 1)
}
