import { expect, test } from 'vitest'

import { formatCount } from './format'

test.each([
  [0, '0'],
  [1_240, '1,240'],
  [9_999, '9,999'],
  [12_345, '12.3K'],
  [2_000_000, '2M'],
])('%d is shown as %s', (number, shown) => {
  expect(formatCount(number)).toBe(shown)
})
