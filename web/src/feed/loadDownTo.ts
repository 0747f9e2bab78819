import type { Client, CombinedError } from '@urql/core'

import { MAX_POSTS_PER_REQUEST } from '@/api/limits'
import { unmask } from '@/gql'
import { ListEdge, rowOfEdge } from '@/posts/rows'

import { FeedPages } from './FeedPages'
import { findPlace, type ReadPlace } from './reading/readLine'

export const MAX_PAGES = 25 // 1,000 posts

interface Loading {
  signal: AbortSignal
  /** Called before each request with the number of rows that are loaded. */
  onProgress: (count: number) => void
}

type Outcome =
  /** `row` is the id of the row of the place. If nothing is left at and below the place, it is that of the last row. */
  | { kind: 'found'; row: string }
  /** MAX_PAGES are loaded, and the place is below them. */
  | { kind: 'below' }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: CombinedError }

/** Loads older pages of the feed until the row of the place is loaded. */
export async function loadDownTo(place: ReadPlace, client: Client, { signal, onProgress }: Loading): Promise<Outcome> {
  for (let pages = 0; ; pages++) {
    // The cache tells where the feed ends by now: the list loads pages, too, if the user scrolls meanwhile.
    const feed = client.readQuery(FeedPages, {})?.data?.feed
    if (!feed || signal.aborted) return { kind: 'stopped' }
    const rows = feed.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge)))
    const { hasNextPage, endCursor } = feed.pageInfo
    const index = findPlace(rows, place)
    const row = index < 0 && hasNextPage ? undefined : rows.at(index)
    if (row) return { kind: 'found', row: row.id }
    if (!hasNextPage) return { kind: 'stopped' } // the feed is empty by now
    if (pages === MAX_PAGES) return { kind: 'below' }
    onProgress(rows.length)
    const { error } = await client
      .query(FeedPages, { first: MAX_POSTS_PER_REQUEST, after: endCursor }, { requestPolicy: 'network-only' })
      .toPromise()
    if (error) return { kind: 'failed', error }
  }
}
