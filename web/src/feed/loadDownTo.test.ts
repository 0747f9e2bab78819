import { expect, test, vi } from 'vitest'

import { createTestClient } from '@/api/testClient.testing'

import { edge } from './edges.testing'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { FeedPages } = await import('./FeedPages')
const { loadDownTo, MAX_PAGES } = await import('./loadDownTo')

vi.setConfig({ testTimeout: 60_000 }) // a slow machine is not a failure

const NEWEST = 2_000
const FIRST = 20
const LARGE = 40

/** A server with a feed of one post in each minute down to `oldest`, whose first page is loaded. */
async function start({ oldest = 0, onRequest = (_: number): boolean => true } = {}) {
  let requests = 0
  const { client, sent } = createTestClient({
    Feed({ first = FIRST, after }) {
      if (!onRequest(++requests)) return undefined
      const from = typeof after === 'string' ? Number(after.slice('after '.length)) - 1 : NEWEST
      const to = Math.max(from - Number(first) + 1, oldest)
      const edges = Array.from({ length: from - to + 1 }, (__, index) => edge(from - index))
      const pageInfo = { __typename: 'PageInfo', hasNextPage: to > oldest, endCursor: `after ${to}` }
      return { feed: { __typename: 'PostConnection', edges, pageInfo } }
    },
  })
  await client.query(FeedPages, {}).toPromise()
  const progress: number[] = []
  const stop = new AbortController()
  const go = (minute: number, newerAt?: number) =>
    loadDownTo({ cursor: `after ${minute}`, ...(newerAt !== undefined && { newerAt: timeOf(newerAt) }) }, client, {
      signal: stop.signal,
      onProgress: (count) => progress.push(count),
    })
  const shown = () => client.readQuery(FeedPages, {})?.data?.feed.edges.length
  return { client, sent, progress, stop, go, shown }
}

const timeOf = (minute: number): string => new Date(Date.UTC(2026, 10, 25, 12, minute)).toISOString()

test('pages are loaded until the place is in the list, in few requests', async () => {
  const { go, shown, sent, progress } = await start()
  expect(await go(NEWEST - 300)).toEqual({ kind: 'found', row: `post ${NEWEST - 300}` })
  expect(shown()).toBe(FIRST + 8 * LARGE)
  expect(sent).toHaveLength(1 + 8)
  expect(progress).toEqual([20, 60, 100, 140, 180, 220, 260, 300])
})

test('a place that is loaded is found without a request', async () => {
  const { go, sent } = await start()
  expect(await go(NEWEST - 5)).toEqual({ kind: 'found', row: `post ${NEWEST - 5}` })
  expect(sent).toHaveLength(1)
})

test('the row below is found if the one of the place is gone', async () => {
  const { go } = await start()
  expect(await go(-1, NEWEST - 100)).toEqual({ kind: 'found', row: `post ${NEWEST - 101}` })
})

test('the last row is found if nothing is left at the place and below it', async () => {
  const { go } = await start({ oldest: NEWEST - 70 })
  expect(await go(-1, 0)).toEqual({ kind: 'found', row: `post ${NEWEST - 70}` })
})

test('a place that is further down is told, and the next call goes on from there', async () => {
  const { go, shown, sent } = await start()
  const place = NEWEST - 1_500
  expect(await go(place)).toEqual({ kind: 'below' })
  expect(sent).toHaveLength(1 + MAX_PAGES)
  expect(shown()).toBe(FIRST + MAX_PAGES * LARGE)
  expect(await go(place)).toEqual({ kind: 'found', row: `post ${place}` })
})

test('a page that the list loads meanwhile leaves no gap', async () => {
  const { client, go, shown } = await start({
    onRequest(number) {
      if (number === 2)
        void client.query(FeedPages, { after: `after ${NEWEST - 19}` }, { requestPolicy: 'network-only' })
      return true
    },
  })
  expect(await go(NEWEST - 300)).toMatchObject({ kind: 'found' })
  expect(shown()).toBeGreaterThan(300)
})

test('it can be stopped', async () => {
  const { go, stop, shown } = await start({
    onRequest(number) {
      if (number === 3) stop.abort()
      return true
    },
  })
  expect(await go(NEWEST - 300)).toEqual({ kind: 'stopped' })
  expect(shown()).toBe(FIRST + 2 * LARGE)
})

test('a failure is told, and the next call goes on from there', async () => {
  const { go, sent } = await start({ onRequest: (number) => number !== 4 })
  expect(await go(NEWEST - 300)).toMatchObject({ kind: 'failed' })
  expect(await go(NEWEST - 300)).toMatchObject({ kind: 'found' })
  expect(sent).toHaveLength(1 + 8 + 1)
})
