import { useEffect, useEffectEvent, useRef } from 'react'
import type { Client } from 'urql'

import { firstVisibleRow } from '@/lists/listRows'
import type { PostRow } from '@/posts/rows'

import { createReadMarker } from './readMarker'
import { markFeedRead } from './readPosition'

const SEEN_AFTER_MS = 1_000

/** Tells the server which rows are seen: those in the window for a second. */
export function useSeenRows(client: Client, rows: readonly PostRow[], isKnown: boolean): void {
  const seenRow = useEffectEvent((): { cursor: string; createdAt: string } | null => {
    const list = document.querySelector<HTMLElement>('#main [role="feed"]')
    const index = list && !document.hidden ? firstVisibleRow(list) : null
    // A post that was just sent has no place in the feed yet: the next older row has.
    const row = index === null ? undefined : rows.slice(index).find(({ cursor }) => cursor !== undefined)
    return row?.cursor === undefined ? null : { cursor: row.cursor, createdAt: row.createdAt }
  })
  const newest = rows[0]?.id
  const look = useRef(() => {})
  useEffect(() => look.current(), [newest])
  useEffect(() => {
    if (!isKnown) return
    const marker = createReadMarker((cursor) => markFeedRead(client, cursor))
    let timer: ReturnType<typeof setTimeout> | undefined
    const lookNow = (): void => {
      timer = undefined
      const row = seenRow()
      if (row) marker.seen(row)
    }
    const lookLater = (): void => {
      timer ??= setTimeout(lookNow, SEEN_AFTER_MS)
    }
    const onVisibility = (): void => {
      if (document.hidden) marker.flush()
      else lookLater()
    }
    look.current = lookLater
    lookLater()
    addEventListener('scroll', lookLater, { passive: true })
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      look.current = () => {}
      removeEventListener('scroll', lookLater)
      document.removeEventListener('visibilitychange', onVisibility)
      clearTimeout(timer)
      marker.flush()
      marker.stop()
    }
  }, [client, isKnown])
}
