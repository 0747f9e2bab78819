interface Row {
  /** Its index in the list. */
  index: number
  /** In px from the top of the window. */
  top: number
  bottom: number
}

interface Move {
  /** The rows that are in the document, in order. */
  rows: readonly Row[]
  /** The index of the focused row. */
  focused: number | null
  /** 1 for the next row, -1 for the previous row. */
  by: number
  /** The part of the window that shows rows, in px from its top. */
  from: number
  to: number
  /** The number of rows of the list. */
  count: number
}

/**
 * Returns the index of the row to focus: the one after (or before) the focused row if that is visible, and otherwise the
 * first row whose top is visible.
 */
export function nextRow({ rows, focused, by, from, to, count }: Move): number {
  const at = rows.find(({ index }) => index === focused)
  const isVisible = at !== undefined && at.bottom > from && at.top < to
  const first = rows.find(({ top }) => top >= from - 1) // a row scrolled to the edge may be off by a fraction
  const next = isVisible ? at.index + by : (first?.index ?? 0)
  return Math.min(Math.max(next, 0), count - 1)
}
