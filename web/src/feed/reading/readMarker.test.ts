import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createReadMarker } from './readMarker'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const row = (number: number) => ({ cursor: `cursor ${number}`, createdAt: `2026-01-01T00:00:0${number}Z` })

function start(results: boolean[] = []) {
  const sent: string[] = []
  const marker = createReadMarker((cursor) => {
    sent.push(cursor)
    return Promise.resolve(results.shift() ?? true)
  })
  return { sent, marker }
}

test('only newer rows are sent', async () => {
  const { sent, marker } = start()
  for (const number of [3, 1, 3, 2]) {
    marker.seen(row(number))
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect(sent).toEqual(['cursor 3'])
})

test('at most one row is sent in ten seconds, and it is the newest', async () => {
  const { sent, marker } = start()
  for (let number = 0; number < 10; number++) {
    marker.seen(row(number))
    await vi.advanceTimersByTimeAsync(2_500)
  }
  expect(sent).toEqual(['cursor 0', 'cursor 3', 'cursor 7'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent.at(-1)).toBe('cursor 9')
})

test('what was seen is sent at once when the page is left, and only once', async () => {
  const { sent, marker } = start()
  marker.seen(row(1))
  await vi.advanceTimersByTimeAsync(0)
  marker.seen(row(2))
  marker.flush()
  marker.flush()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['cursor 1', 'cursor 2'])
})

test('a row that could not be sent is sent again when it is seen again', async () => {
  const { sent, marker } = start([false])
  marker.seen(row(1))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['cursor 1'])
  marker.seen(row(1))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['cursor 1', 'cursor 1'])
})

test('nothing is sent after the end', async () => {
  const { sent, marker } = start()
  marker.seen(row(1))
  marker.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
})
