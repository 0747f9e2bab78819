import { expect, test } from 'vitest'

import { createNetwork, isUnreachable, observedFetch } from './network'

const answer = (status: number) => () => Promise.resolve(new Response(null, { status }))
const failure = (error: Error) => () => Promise.reject(error)

test('a failure while the browser is offline changes nothing', () => {
  const network = createNetwork(true)
  network.wentOffline()
  network.reportFailure()
  expect(network.get()).toBe('offline')
  network.wentOnline()
  expect(network.get()).toBe('up')
})

test('a response proves that the network is up, even if the browser reports offline', async () => {
  const network = createNetwork(false)
  await observedFetch(answer(200), network)
  expect(network.get()).toBe('up')
})

test('a response to a request from before the browser went offline is no proof', async () => {
  const network = createNetwork(true)
  await observedFetch(() => {
    network.wentOffline()
    return answer(200)()
  }, network)
  expect(network.get()).toBe('offline')
})

test.each([200, 304, 400, 401, 404, 429, 500])('a response with status %i comes from the server', async (status) => {
  const network = createNetwork(true)
  network.reportFailure()
  await observedFetch(() => Promise.resolve({ status } as Response), network)
  expect(network.get()).toBe('up')
  expect(isUnreachable(status)).toBe(false)
})

test.each([502, 503, 504])('a response with status %i comes from a proxy', async (status) => {
  const network = createNetwork(true)
  await observedFetch(answer(status), network)
  expect(network.get()).toBe('unreachable')
})

test('failed requests and timeouts mean unreachable; aborted requests mean nothing', async () => {
  for (const [error, state] of [
    [new TypeError('Failed to fetch'), 'unreachable'],
    [new DOMException('too long', 'TimeoutError'), 'unreachable'],
    [new DOMException('given up', 'AbortError'), 'up'],
  ] as const) {
    const network = createNetwork(true)
    await expect(observedFetch(failure(error), network)).rejects.toBe(error)
    expect(network.get()).toBe(state)
  }
})

test('onUp calls back once per recovery', () => {
  const network = createNetwork(true)
  let times = 0
  const end = network.onUp(() => times++)
  network.reportSuccess()
  expect(times).toBe(0)
  network.reportFailure()
  network.reportSuccess()
  network.reportSuccess()
  expect(times).toBe(1)
  network.wentOffline()
  network.wentOnline()
  expect(times).toBe(2)
  end()
  network.reportFailure()
  network.reportSuccess()
  expect(times).toBe(2)
})
