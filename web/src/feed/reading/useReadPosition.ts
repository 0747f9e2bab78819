import { useEffect } from 'react'
import { useClient } from 'urql'

import { useStore } from '@/lib/store'
import type { PostRow } from '@/posts/rows'

import { findReadRow, isBelow, type ReadPlace } from './readLine'
import { loadNewerRow, loadReadPosition, reading } from './readPosition'
import { useSeenRows } from './useSeenRows'

interface ReadPosition {
  /** The id of the row above which the line “You read to here” stands. */
  row: string | null
  /** The place of the line, if it is below the loaded rows. */
  below: ReadPlace | null
}

/** Returns how far the feed had been read when it was opened, and tells the server which rows are seen. */
export function useReadPosition(rows: readonly PostRow[], isOwn: (row: { id: string }) => boolean): ReadPosition {
  const client = useClient()
  const { isKnown, line } = useStore(reading)
  const isLoaded = rows.length > 0
  useEffect(() => {
    if (isLoaded && !isKnown) void loadReadPosition(client)
  }, [client, isLoaded, isKnown])
  useSeenRows(client, rows, isKnown)

  const isMissing = isLoaded && line !== null && line.newerAt === undefined && !rows.some(isAt(line))
  const missing = isMissing ? line.cursor : null
  useEffect(() => {
    if (missing !== null) void loadNewerRow(client, missing)
  }, [client, missing])
  return { row: findReadRow(rows, line, isOwn), below: isBelow(line, rows) ? line : null }
}

const isAt =
  ({ cursor }: ReadPlace) =>
  (row: PostRow): boolean =>
    row.cursor === cursor
