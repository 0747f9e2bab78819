import { expect, test } from 'vitest'

import { resumePoint } from './resumePoint'

const post = (after: string, minute: number, second = 0) => ({
  after,
  createdAt: new Date(Date.UTC(2026, 10, 25, 12, minute, second)).toISOString(),
})

test('where nothing is known there is no point to resume from', () => {
  expect(resumePoint([])).toBeNull()
})

test('it is the latest of those that are a minute older than the latest', () => {
  expect(resumePoint([post('c', 3), post('e', 5, 1), post('d', 4), post('b', 4, 30)])).toBe('d')
})

test('there is none if all are of the last minute: a post below the oldest may have been made meanwhile', () => {
  expect(resumePoint([post('b', 5, 30), post('a', 5, 10), post('c', 5, 59)])).toBeNull()
})
