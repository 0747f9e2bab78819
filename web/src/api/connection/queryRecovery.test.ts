import { Client, fetchExchange, gql, type OperationResult } from '@urql/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createNetwork, observedFetch } from './network'
import { makeRecovery } from './queryRecovery'

const FEED = gql`
  query Feed {
    feed
  }
`
const SAVE = gql`
  mutation Save {
    save
  }
`

/** A client whose server answers with these statuses, one after the other, and then with 200. */
function makeClient(...statuses: (number | 'cut')[]) {
  const network = createNetwork(true)
  const { exchange, begin } = makeRecovery(network)
  const asked: string[] = []
  const times: number[] = []
  const send = (_: unknown, init?: RequestInit): Promise<Response> =>
    observedFetch(() => {
      const { operationName } = JSON.parse(init?.body as string) as { operationName: string }
      asked.push(operationName)
      times.push(Date.now())
      const status = statuses.shift() ?? 200
      if (status === 'cut') return Promise.reject(new TypeError('cut'))
      const body = JSON.stringify(
        status === 200 ? { data: { __typename: 'Query', feed: asked.length } } : { errors: [{ message: 'busy' }] },
      )
      const type = status === 502 ? 'text/html' : 'application/json' // as a proxy answers, and as the server does
      return Promise.resolve(
        new Response(status === 502 ? 'Bad Gateway' : body, { status, headers: { 'content-type': type } }),
      )
    }, network)
  const client = new Client({
    url: 'http://server/graphql',
    preferGetMethod: false,
    exchanges: [exchange, fetchExchange],
    fetch: send,
  })
  return { network, client, asked, times, end: begin(client) }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

test('a query that is shown and has failed is run again when the network is back, once', async () => {
  const { network, client, asked } = makeClient('cut')
  const results: OperationResult[] = []
  network.wentAway()
  client.query(FEED, {}).subscribe((result) => results.push(result))
  await settled()
  expect(results.at(-1)?.error?.networkError).toBeDefined()
  network.cameBack()
  await settled()
  expect(results.at(-1)?.error).toBeUndefined()
  network.wentAway()
  network.cameBack()
  await settled()
  expect(asked).toEqual(['Feed', 'Feed'])
})

test('a query that is no longer shown is not run again, nor is a mutation', async () => {
  const { network, client, asked } = makeClient('cut', 'cut')
  network.wentAway()
  await client.query(FEED, {}).toPromise()
  await client.mutation(SAVE, {}).toPromise()
  network.cameBack()
  await settled()
  expect(asked).toEqual(['Feed', 'Save'])
})

test.each([502, 503] as const)(
  'a server that answers %i is asked at growing pauses until it can be reached',
  async (status) => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(1)
    const { network, client, asked } = makeClient(status, status, 'cut')
    const results: OperationResult[] = []
    client.query(FEED, {}).subscribe((result) => results.push(result))
    await settled()
    expect(network.get()).toBe('unreachable')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(asked).toEqual(['Feed', 'Reachable'])
    await vi.advanceTimersByTimeAsync(8_000)
    expect(asked).toEqual(['Feed', 'Reachable', 'Reachable'])
    expect(network.get()).toBe('unreachable')
    await vi.advanceTimersByTimeAsync(16_000)
    await settled()
    expect(asked).toEqual(['Feed', 'Reachable', 'Reachable', 'Reachable', 'Feed'])
    expect(network.get()).toBe('up')
    expect(results.at(-1)?.error).toBeUndefined()
    random.mockRestore()
  },
)

describe('a query that fails although the server can be reached', () => {
  const FAILS = [503, 200]
  const pausesOf = (times: number[]): number[] => {
    const feeds = times.filter((_, place) => place % 2 === 0)
    return feeds.slice(1).map((time, place) => time - (feeds[place] ?? 0))
  }

  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
  })

  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('is run again at growing pauses', async () => {
    const { client, times } = makeClient(...Array.from({ length: 20 }, () => FAILS).flat())
    client.query(FEED, {}).subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(240_000)
    expect(pausesOf(times)).toEqual([4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  test.each([
    [59_000, 16_000],
    [60_000, 4_000],
  ])('after %i ms without a failure, is run again after %i ms', async (calmMs, pauseMs) => {
    const { client, network, asked } = makeClient(...FAILS, ...FAILS)
    client.query(FEED, {}).subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(12_000) // the third time, it succeeds
    expect(network.get()).toBe('up')
    await vi.advanceTimersByTimeAsync(calmMs)
    network.failed()
    const before = asked.length
    await vi.advanceTimersByTimeAsync(pauseMs - 1)
    expect(asked.length).toBe(before)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked.length).toBe(before + 1)
  })
})

test('a recovery that has ended asks nothing more', async () => {
  const { network, client, asked, end } = makeClient('cut')
  client.query(FEED, {}).subscribe(() => undefined)
  await settled()
  end()
  await vi.advanceTimersByTimeAsync(100_000)
  network.cameBack()
  await settled()
  expect(asked).toEqual(['Feed'])
})
