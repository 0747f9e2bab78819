import { expect, test } from 'vitest'

import { createNetwork, isUnreachable, observedFetch } from './network'

const answer = (status: number) => () => Promise.resolve(new Response(null, { status }))
const failure = (error: Error) => () => Promise.reject(error)

test('the machine says at once that it is offline, and what fails meanwhile is no news', () => {
  const network = createNetwork(true)
  network.wentAway()
  network.failed()
  expect(network.get()).toBe('offline')
  network.cameBack()
  expect(network.get()).toBe('up')
})

test('an answer is proof of a network, also where the machine says that there is none', async () => {
  const network = createNetwork(false)
  await observedFetch(answer(200), network)
  expect(network.get()).toBe('up')
})

test('an answer to what was sent before the machine went offline is no proof', async () => {
  const network = createNetwork(true)
  await observedFetch(() => {
    network.wentAway()
    return answer(200)()
  }, network)
  expect(network.get()).toBe('offline')
})

test.each([200, 304, 400, 401, 404, 429, 500])('an answer of %i comes from the server', async (status) => {
  const network = createNetwork(true)
  network.failed()
  await observedFetch(() => Promise.resolve({ status } as Response), network)
  expect(network.get()).toBe('up')
  expect(isUnreachable(status)).toBe(false)
})

test.each([502, 503, 504])('an answer of %i comes from what stands before it', async (status) => {
  const network = createNetwork(true)
  await observedFetch(answer(status), network)
  expect(network.get()).toBe('unreachable')
})

test('what fails or takes too long says that the server cannot be reached; what the page gives up says nothing', async () => {
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

test('that it is up again is told once each time', () => {
  const network = createNetwork(true)
  let times = 0
  const end = network.onUp(() => times++)
  network.succeeded()
  expect(times).toBe(0)
  network.failed()
  network.succeeded()
  network.succeeded()
  expect(times).toBe(1)
  network.wentAway()
  network.cameBack()
  expect(times).toBe(2)
  end()
  network.failed()
  network.succeeded()
  expect(times).toBe(2)
})
