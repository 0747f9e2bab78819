import { expect, test } from 'vitest'

import { timeAgo } from './format'

const now = new Date(2026, 10, 25, 12).getTime()
const SECOND = 1000
const HOUR = 3600 * SECOND

test.each([
  [-5 * SECOND, 'now'],
  [59 * SECOND, 'now'],
  [60 * SECOND, '1m'],
  [HOUR - 1, '59m'],
  [HOUR, '1h'],
  [24 * HOUR, '1d'],
  [6.9 * 24 * HOUR, '6d'],
  [7 * 24 * HOUR, 'Nov 18'],
  [366 * 24 * HOUR, 'Nov 24, 2025'],
])('%i ms ago is shown as %s', (age, shown) => {
  expect(timeAgo(new Date(now - age).toISOString(), now)).toBe(shown)
})
