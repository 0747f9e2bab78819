interface Row {
  id: string
  createdAt: string
  cursor?: string | undefined
}

/** The place up to which the feed had been read before its newest rows were shown. */
export interface ReadPlace {
  cursor: string
  /** The time of the next newer row. Set if the row of the cursor is not loaded: it may be deleted or hidden by now. */
  newerAt?: string | undefined
}

/** Returns the index of the newest row that had been read, or -1 if it is not loaded. */
export function findPlace(rows: readonly Row[], { cursor, newerAt }: ReadPlace): number {
  const exact = rows.findIndex((row) => row.cursor === cursor)
  return exact < 0 && newerAt !== undefined ? rows.findIndex(({ createdAt }) => createdAt < newerAt) : exact
}

/**
 * Returns the id of the row above which the line stands: the newest one that had been read. Null if there is none, or if
 * nothing above it is new, which own posts are not.
 */
export function findReadRow(
  rows: readonly Row[],
  place: ReadPlace | null,
  isOwn: (row: Row) => boolean,
): string | null {
  if (!place) return null
  const index = findPlace(rows, place)
  return rows.slice(0, Math.max(index, 0)).some((row) => !isOwn(row)) ? (rows[index]?.id ?? null) : null
}

/** Returns true if the place is below all loaded rows. Without `newerAt` it may be above them, or nothing is above it. */
export function isBelow(place: ReadPlace | null, rows: readonly Row[]): place is ReadPlace {
  return place?.newerAt !== undefined && rows.length > 0 && findPlace(rows, place) < 0
}
