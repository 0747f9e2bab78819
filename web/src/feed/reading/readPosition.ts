import type { Client } from 'urql'

import { graphql, unmask } from '@/gql'
import { ListEdge, rowOfEdge } from '@/posts/rows'
import { createSessionStore } from '@/session/createSessionStore'

import type { ReadPlace } from './readLine'

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

export const reading = createSessionStore<Reading>({ isKnown: false, line: null, position: null })

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

/** Loads the row above the line, whose own row is not loaded. */
export async function loadNewerRow(client: Client, cursor: string): Promise<void> {
  const { data } = await client.query(RowAbove, { cursor }).toPromise()
  const [edge] = data?.feed.edges ?? []
  const { line, ...rest } = reading.get()
  if (edge && line?.cursor === cursor) {
    reading.set({ ...rest, line: { cursor, newerAt: rowOfEdge(unmask(ListEdge, edge)).createdAt } })
  }
}

/** Tells the server that the feed was read up to the cursor. Returns true on success. */
export async function markFeedRead(client: Client, cursor: string): Promise<boolean> {
  const { data } = await client.mutation(MarkFeedRead, { input: { cursor } }).toPromise()
  if (data) reading.set({ ...reading.get(), position: data.markFeedRead.cursor })
  return data !== undefined
}
