import { expect, test } from 'vitest'

import { nextRow } from './nextRow'

const HEIGHT = 100
/** Twenty rows of 100 px in a window of 400 px, scrolled by `scrolled`. A bar covers the first 64 px. */
const step = (scrolled: number, focused: number | null, by: number) =>
  nextRow({
    rows: Array.from({ length: 20 }, (_, index) => ({
      index,
      top: index * HEIGHT - scrolled,
      bottom: (index + 1) * HEIGHT - scrolled,
    })),
    focused,
    by,
    from: 64,
    to: 400,
    count: 20,
  })

test.each([
  ['starts at the first row below the bar', 200, null, 1, 3],
  ['also backwards', 200, null, -1, 3],
  ['a row at the edge of the bar is visible', 136, null, 1, 2],
  ['a row a fraction of a pixel under the bar is visible', 136.5, null, 1, 2],
  ['goes to the next row', 200, 3, 1, 4],
  ['goes to the previous row', 200, 3, -1, 2],
  ['goes on from a row that is half under the bar', 320, 3, 1, 4],
  ['does not go on from a row above the window', 800, 2, 1, 9],
  ['does not go on from a row below the window', 200, 15, 1, 3],
  ['does not go on from a row that is not in the document', 200, 77, 1, 3],
  ['stops at the last row', 1600, 19, 1, 19],
  ['stops at the first row', -64, 0, -1, 0],
])('%s', (_, scrolled, focused, by, index) => {
  expect(step(scrolled, focused, by)).toBe(index)
})
