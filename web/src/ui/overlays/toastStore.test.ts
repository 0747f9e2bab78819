import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { dismissToast, holdToasts, releaseToasts, toast, toasts } from './toastStore'

const SECOND = 1_000
const messages = () => toasts.get().map(({ message }) => message)

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  for (const { id } of toasts.get()) dismissToast(id)
  vi.useRealTimers()
})

test('a toast disappears after a while, and an error later', () => {
  toast('done')
  toast('failed', { isProblem: true })
  vi.advanceTimersByTime(7 * SECOND)
  expect(messages()).toEqual(['done', 'failed'])
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['failed'])
  vi.advanceTimersByTime(12 * SECOND)
  expect(messages()).toEqual([])
})

test('no toast disappears while the pointer or the focus is on one', () => {
  toast('before')
  vi.advanceTimersByTime(7 * SECOND)
  holdToasts('pointer')
  holdToasts('focus')
  toast('meanwhile')
  vi.advanceTimersByTime(100 * SECOND)
  releaseToasts('pointer')
  vi.advanceTimersByTime(100 * SECOND)
  expect(messages()).toEqual(['before', 'meanwhile'])
  releaseToasts('focus')
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['before', 'meanwhile'])
  vi.advanceTimersByTime(2 * SECOND)
  expect(messages()).toEqual(['meanwhile'])
  vi.advanceTimersByTime(5 * SECOND)
  expect(messages()).toEqual([])
})

test.each(['pointer', 'focus', 'hidden'] as const)(
  'a toast that appears during a hold (%s) disappears after it',
  (why) => {
    holdToasts(why)
    toast('meanwhile')
    vi.advanceTimersByTime(100 * SECOND)
    expect(messages()).toEqual(['meanwhile'])
    releaseToasts(why)
    vi.advanceTimersByTime(9 * SECOND)
    expect(messages()).toEqual([])
  },
)

test('a release without a hold changes nothing', () => {
  toast('done')
  vi.advanceTimersByTime(7 * SECOND)
  releaseToasts('hidden')
  vi.advanceTimersByTime(1 * SECOND)
  expect(messages()).toEqual([])
})

test('only the last three toasts are shown', () => {
  for (const message of ['a', 'b', 'c', 'd']) toast(message)
  expect(messages()).toEqual(['b', 'c', 'd'])
})
