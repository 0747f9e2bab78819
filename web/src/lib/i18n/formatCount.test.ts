import { afterEach, expect, test } from 'vitest'

import { formatCount } from './format'
import { activate } from './language'

test.each([
  [0, '0'],
  [1_240, '1,240'],
  [9_999, '9,999'],
  [12_345, '12.3K'],
  [2_000_000, '2M'],
])('%d is shown as %s', (number, shown) => {
  expect(formatCount(number)).toBe(shown)
})

afterEach(() => activate('en', {}))

test.each([
  ['de', '1.240'],
  ['ar-XB', '1,240'],
] as const)('a number is formatted for %s', (language, shown) => {
  activate(language, {})
  expect(formatCount(1_240)).toBe(shown)
})
