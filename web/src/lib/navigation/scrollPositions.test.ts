import { expect, test } from 'vitest'

import { findReplacementRow, findVisibleRow, type ScrollPosition, ScrollPositions } from './scrollPositions'

/** The session storage of a tab. */
function makeStorage(text: string | null = null) {
  return {
    text,
    getItem() {
      return this.text
    },
    setItem(_: string, text: string) {
      this.text = text
    },
  }
}

const POSITION: ScrollPosition = {
  y: 900,
  visibleRows: [{ id: 'p1', top: -12 }],
  firstRow: 7,
  focusedRow: 'p2',
  focusedLink: '/@ada',
}

test('a position is the same object until the page is reloaded, and an equal one afterwards', () => {
  const [before, after, storage] = [new ScrollPositions(), new ScrollPositions(), makeStorage()]
  Object.assign(before.get('a'), POSITION, { rowSizes: [[1], 2] })
  expect(before.get('a')).toBe(before.get('a'))
  before.save(() => storage)
  after.restore(() => storage)
  expect(after.get('a')).toEqual(POSITION)
  expect(after.get('b')).toEqual({ y: 0 })
})

test('the thirty most recently visited positions are saved', () => {
  const [before, after, storage] = [new ScrollPositions(), new ScrollPositions(), makeStorage()]
  for (let number = 0; number < 40; number++) before.get(`${number}`).y = number
  before.get('0').y = 7
  before.save(() => storage)
  after.restore(() => storage)
  expect([after.get('0').y, after.get('10').y, after.get('11').y, after.get('39').y]).toEqual([7, 0, 11, 39])
})

test('a removed position is at the top', () => {
  const positions = new ScrollPositions()
  positions.get('a').y = 5
  positions.remove('a')
  expect(positions.get('a')).toEqual({ y: 0 })
})

test.each([
  ...[
    '',
    '{',
    'null',
    '{}',
    '[1]',
    '[["a"]]',
    '[["a", null]]',
    '[["a", {}]]',
    '[["a", {"y": "1"}]]',
    '[[1, {"y": 1}]]',
  ],
  ...[
    '[["a", {"y": 1, "visibleRows": 1}]]',
    '[["a", {"y": 1, "visibleRows": [{"id": 1, "top": 1}]}]]',
    '[["a", {"y": 1, "focusedLink": 1}]]',
    '[["a", {"y": 1, "firstRow": "1"}]]',
    '[["a", {"y": 1, "firstRow": -1}]]',
    '[["a", {"y": 1, "firstRow": 0.5}]]',
  ],
])('%s is no saved position', (text) => {
  const positions = new ScrollPositions()
  positions.restore(() => makeStorage(text))
  expect(positions.get('a')).toEqual({ y: 0 })
})

const refuse = (): never => {
  throw new DOMException('refused', 'SecurityError')
}

test.each([
  ['blocked', refuse],
  ['full', () => ({ getItem: refuse, setItem: refuse })],
] as const)('a storage that is %s changes nothing else', (_, storage) => {
  const positions = new ScrollPositions()
  positions.get('a').y = 5
  positions.save(storage)
  positions.restore(storage)
  expect(positions.get('a').y).toBe(5)
})

test('the first row that still exists is restored to its former offset', () => {
  const seen = [
    { id: 'gone', top: 60 },
    { id: 'b', top: 140 },
    { id: 'c', top: 220 },
  ]
  expect(findVisibleRow(seen, ['new', 'a', 'b', 'c'])).toEqual({ index: 2, top: 140 })
  expect(findVisibleRow(seen, ['new', 'a'])).toBeNull()
  expect(findVisibleRow([], ['a'])).toBeNull()
})

test.each([
  ['nothing has been loaded yet', 40, 0, true, null],
  ['the list may still be loaded up to it', 40, 20, false, null],
  ['new rows may have moved it down', 40, 139, false, null],
  ['it cannot have moved down that far', 40, 140, false, 40],
  ['the whole list is loaded', 40, 60, true, 40],
  ['the list has become shorter', 40, 20, true, 19],
])('if none of the visible rows is in the list and %s', (_, at, count, isAll, place) => {
  expect(findReplacementRow(at, count, isAll)).toBe(place)
})
