import { expect, test } from 'vitest'

import { countWith } from './useToggle'

test.each([
  [3, false, false, 3],
  [3, false, true, 4],
  [3, true, false, 2],
  [3, true, true, 3],
  [0, true, false, 0],
])('of %s, known %s, with the wish %s, %s are shown', (count, isOn, wanted, shown) => {
  expect(countWith(count, isOn, wanted)).toBe(shown)
})
