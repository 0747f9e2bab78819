import { Client, fetchExchange, gql, type OperationResult } from '@urql/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { createNetwork, observedFetch } from './network'
import { createQueryRecovery } from './queryRecovery'

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

/** A client whose server responds with these statuses in order, and then with 200. */
function makeClient(...statuses: (number | 'cut')[]) {
  const network = createNetwork(true)
  const { exchange, start } = createQueryRecovery(network)
  const sent: string[] = []
  const times: number[] = []
  const send = (_: unknown, init?: RequestInit): Promise<Response> =>
    observedFetch(() => {
      const { operationName } = JSON.parse(init?.body as string) as { operationName: string }
      sent.push(operationName)
      times.push(Date.now())
      const status = statuses.shift() ?? 200
      if (status === 'cut') return Promise.reject(new TypeError('cut'))
      const body = JSON.stringify(
        status === 200 ? { data: { __typename: 'Query', feed: sent.length } } : { errors: [{ message: 'busy' }] },
      )
      const type = status === 502 ? 'text/html' : 'application/json' // like a proxy, and like the server
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
  return { network, client, sent, times, end: start(client) }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

test('an active query that failed is retried once when the network is back', async () => {
  const { network, client, sent } = makeClient('cut')
  const results: OperationResult[] = []
  network.wentOffline()
  client.query(FEED, {}).subscribe((result) => results.push(result))
  await settled()
  expect(results.at(-1)?.error?.networkError).toBeDefined()
  network.wentOnline()
  await settled()
  expect(results.at(-1)?.error).toBeUndefined()
  network.wentOffline()
  network.wentOnline()
  await settled()
  expect(sent).toEqual(['Feed', 'Feed'])
})

const STEPS = Array.from({ length: 24 }, (_, step) => step)

test.each(STEPS)('a query is retried if the network is back %i microtasks after its failure', async (steps) => {
  const { network, client } = makeClient('cut')
  const results: OperationResult[] = []
  client.query(FEED, {}).subscribe((result) => results.push(result))
  for (let step = 0; step < steps; step++) await Promise.resolve()
  network.wentOffline()
  network.wentOnline()
  await vi.advanceTimersByTimeAsync(8_000)
  expect(results.at(-1)?.error).toBeUndefined()
})

test('neither an inactive query nor a mutation is retried', async () => {
  const { network, client, sent } = makeClient('cut', 'cut')
  network.wentOffline()
  await client.query(FEED, {}).toPromise()
  await client.mutation(SAVE, {}).toPromise()
  network.wentOnline()
  await settled()
  expect(sent).toEqual(['Feed', 'Save'])
})

test.each([502, 503] as const)(
  'a server that responds %i is polled at growing intervals until it is reachable',
  async (status) => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(1)
    const { network, client, sent } = makeClient(status, status, 'cut')
    const results: OperationResult[] = []
    client.query(FEED, {}).subscribe((result) => results.push(result))
    await settled()
    expect(network.get()).toBe('unreachable')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(sent).toEqual(['Feed', 'Reachable'])
    await vi.advanceTimersByTimeAsync(8_000)
    expect(sent).toEqual(['Feed', 'Reachable', 'Reachable'])
    expect(network.get()).toBe('unreachable')
    await vi.advanceTimersByTimeAsync(16_000)
    await settled()
    expect(sent).toEqual(['Feed', 'Reachable', 'Reachable', 'Reachable', 'Feed'])
    expect(network.get()).toBe('up')
    expect(results.at(-1)?.error).toBeUndefined()
    random.mockRestore()
  },
)

describe('a query that fails although the server is reachable', () => {
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

  test('is retried at growing intervals', async () => {
    const { client, times } = makeClient(...Array.from({ length: 20 }, () => FAILS).flat())
    client.query(FEED, {}).subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(240_000)
    expect(pausesOf(times)).toEqual([4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  test.each([
    [59_000, 16_000],
    [60_000, 4_000],
  ])('after %i ms without a failure, is retried after %i ms', async (calmMs, pauseMs) => {
    const { client, network, sent } = makeClient(...FAILS, ...FAILS)
    client.query(FEED, {}).subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(12_000) // the third try succeeds
    expect(network.get()).toBe('up')
    await vi.advanceTimersByTimeAsync(calmMs)
    network.reportFailure()
    const before = sent.length
    await vi.advanceTimersByTimeAsync(pauseMs - 1)
    expect(sent.length).toBe(before)
    await vi.advanceTimersByTimeAsync(1)
    expect(sent.length).toBe(before + 1)
  })
})

test('a stopped recovery sends nothing', async () => {
  const { network, client, sent, end } = makeClient('cut')
  client.query(FEED, {}).subscribe(() => undefined)
  await settled()
  end()
  await vi.advanceTimersByTimeAsync(100_000)
  network.wentOnline()
  await settled()
  expect(sent).toEqual(['Feed'])
})
