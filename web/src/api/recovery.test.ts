import { Client, fetchExchange, gql, type OperationResult } from '@urql/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createNetwork, observedFetch } from './network'
import { makeRecovery } from './recovery'

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
  const send = (_: unknown, init?: RequestInit): Promise<Response> =>
    observedFetch(() => {
      const { operationName } = JSON.parse(init?.body as string) as { operationName: string }
      asked.push(operationName)
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
  return { network, client, asked, end: begin(client) }
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
