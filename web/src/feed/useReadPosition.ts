import { useEffect, useEffectEvent, useRef } from 'react'
import { type Client, useClient } from 'urql'

import { graphql, unmask } from '@/gql'
import { useStore } from '@/lib/store'
import { firstVisibleRow } from '@/lists/listRows'
import { ListEdge, type PostRow, rowOfEdge } from '@/posts/rows'
import { createSessionStore } from '@/session/createSessionStore'

import { findReadRow, type ReadPlace } from './readLine'
import { createReadMarker } from './readMarker'

const FeedPosition = graphql(`
  query FeedPosition {
    feedPosition
  }
`)

const RowAbove = graphql(`
  query FeedRowAbove($cursor: String!) {
    feed(last: 1, before: $cursor) {
      edges {
        ...ListEdge
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const MarkFeedRead = graphql(`
  mutation MarkFeedRead($input: MarkReadInput!) {
    markFeedRead(input: $input) {
      cursor
    }
  }
`)

interface Reading {
  /** False until the server has said how far the feed was read. Nothing is marked before. */
  isKnown: boolean
  /** Where the line stands. It stays while the feed is read. */
  line: ReadPlace | null
  /** How far the feed is read by now. */
  position: string | null
}

const reading = createSessionStore<Reading>({ isKnown: false, line: null, position: null })

const SEEN_AFTER_MS = 1_000

/** Moves the line to how far the feed is read by now. Called before newer rows are shown. */
export function moveReadLine(): void {
  const { isKnown, position } = reading.get()
  if (isKnown) reading.set({ isKnown, position, line: position === null ? null : { cursor: position } })
}

/** Asks the server how far the feed was read, on any device, and moves the line there. If it fails, nothing changes. */
export async function loadReadPosition(client: Client): Promise<void> {
  const { data } = await client.query(FeedPosition, {}, { requestPolicy: 'network-only' }).toPromise()
  if (!data) return
  reading.set({ ...reading.get(), isKnown: true, position: data.feedPosition ?? null })
  moveReadLine()
}

/**
 * Returns the id of the row above which the line “You read to here” stands, and tells the server which rows are seen. Rows in
 * the window for a second are seen.
 */
export function useReadPosition(rows: readonly PostRow[], isOwn: (row: { id: string }) => boolean): string | null {
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
  return findReadRow(rows, line, isOwn)
}

const isAt =
  ({ cursor }: ReadPlace) =>
  (row: PostRow): boolean =>
    row.cursor === cursor

/** Loads the row above a place whose own row is not loaded. */
async function loadNewerRow(client: Client, cursor: string): Promise<void> {
  const { data } = await client.query(RowAbove, { cursor }).toPromise()
  const [edge] = data?.feed.edges ?? []
  const { line, ...rest } = reading.get()
  if (edge && line?.cursor === cursor) {
    reading.set({ ...rest, line: { cursor, newerAt: rowOfEdge(unmask(ListEdge, edge)).createdAt } })
  }
}

function useSeenRows(client: Client, rows: readonly PostRow[], isKnown: boolean): void {
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
    const marker = createReadMarker((cursor) => mark(client, cursor))
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

async function mark(client: Client, cursor: string): Promise<boolean> {
  const { data } = await client.mutation(MarkFeedRead, { input: { cursor } }).toPromise()
  if (data) reading.set({ ...reading.get(), position: data.markFeedRead.cursor })
  return data !== undefined
}
