import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { dismiss, hold, release, toast, toasts } from './toastStore'

const SECOND = 1_000
const messages = () => toasts.get().map(({ message }) => message)

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  for (const { id } of toasts.get()) dismiss(id)
  vi.useRealTimers()
})

test('a toast goes by itself, and a failure stays longer', () => {
  toast('done')
  toast('failed', { isProblem: true })
  vi.advanceTimersByTime(7 * SECOND)
  expect(messages()).toEqual(['done', 'failed'])
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['failed'])
  vi.advanceTimersByTime(12 * SECOND)
  expect(messages()).toEqual([])
})

test('none goes while one is pointed at or has the focus', () => {
  toast('before')
  vi.advanceTimersByTime(7 * SECOND)
  hold('pointer')
  hold('focus')
  toast('meanwhile')
  vi.advanceTimersByTime(100 * SECOND)
  release('pointer')
  vi.advanceTimersByTime(100 * SECOND)
  expect(messages()).toEqual(['before', 'meanwhile'])
  release('focus')
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['before', 'meanwhile'])
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['meanwhile'])
  vi.advanceTimersByTime(5 * SECOND)
  expect(messages()).toEqual([])
})

test.each(['pointer', 'focus', 'hidden'] as const)('what comes during a hold (%s) goes after it', (why) => {
  hold(why)
  toast('meanwhile')
  vi.advanceTimersByTime(100 * SECOND)
  expect(messages()).toEqual(['meanwhile'])
  release(why)
  vi.advanceTimersByTime(9 * SECOND)
  expect(messages()).toEqual([])
})

test('a release without a hold changes nothing', () => {
  toast('done')
  vi.advanceTimersByTime(7 * SECOND)
  release('hidden')
  vi.advanceTimersByTime(1 * SECOND)
  expect(messages()).toEqual([])
})

test('the last three are shown', () => {
  for (const message of ['a', 'b', 'c', 'd']) toast(message)
  expect(messages()).toEqual(['b', 'c', 'd'])
})
