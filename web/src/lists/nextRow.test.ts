import { expect, test } from 'vitest'

import { stepTo } from './nextRow'

const HEIGHT = 100
/** Twenty rows of 100 px in a window of 400 px, whose first 64 are covered, scrolled by so much. */
const step = (scrolled: number, focused: number | null, by: number) =>
  stepTo({
    rows: Array.from({ length: 20 }, (_, place) => ({
      place,
      top: place * HEIGHT - scrolled,
      bottom: (place + 1) * HEIGHT - scrolled,
    })),
    focused,
    by,
    from: 64,
    to: 400,
    count: 20,
  })

test.each([
  ['the first row that is not under the bar comes first', 200, null, 1, 3],
  ['so it does backwards', 200, null, -1, 3],
  ['a row at the very edge of the bar is seen', 136, null, 1, 2],
  ['a row a fraction of a pixel under the edge is seen', 136.5, null, 1, 2],
  ['from the row that has the focus to the next', 200, 3, 1, 4],
  ['and to the one before', 200, 3, -1, 2],
  ['also from a row that is half under the bar', 320, 3, 1, 4],
  ['not from a row that is above the window', 800, 2, 1, 9],
  ['not from a row that is below the window', 200, 15, 1, 3],
  ['not from a row that is no longer in the document', 200, 77, 1, 3],
  ['not beyond the last', 1600, 19, 1, 19],
  ['not before the first', -64, 0, -1, 0],
])('%s', (_, scrolled, focused, by, place) => {
  expect(step(scrolled, focused, by)).toBe(place)
})
