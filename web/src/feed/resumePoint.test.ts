import { expect, test } from 'vitest'

import { resumePoint } from './resumePoint'

const post = (after: string, minute: number, second = 0) => ({
  after,
  createdAt: new Date(Date.UTC(2026, 10, 25, 12, minute, second)).toISOString(),
})

test('without known posts there is no resume point', () => {
  expect(resumePoint([])).toBeNull()
})

test('the resume point is the newest post that is a minute older than the newest one', () => {
  expect(resumePoint([post('c', 3), post('e', 5, 1), post('d', 4), post('b', 4, 30)])).toBe('d')
})

test('there is no resume point if all posts are of the last minute', () => {
  expect(resumePoint([post('b', 5, 30), post('a', 5, 10), post('c', 5, 59)])).toBeNull()
})
