import { expect, test } from 'vitest'

import { type Place, Places, rowInstead, rowToReturnTo } from './scrollPositions'

/** What a tab keeps, in the form of the browser's storage. */
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

const PLACE: Place = { y: 900, seen: [{ id: 'p1', top: -12 }], at: 7, focused: 'p2', link: '/@ada' }

test('a place is the same object until the tab is loaded anew, and equal afterwards', () => {
  const [before, after, storage] = [new Places(), new Places(), makeStorage()]
  Object.assign(before.of('a'), PLACE, { rows: [[1], 2] })
  expect(before.of('a')).toBe(before.of('a'))
  before.keep(() => storage)
  after.restore(() => storage)
  expect(after.of('a')).toEqual(PLACE)
  expect(after.of('b')).toEqual({ y: 0 })
})

test('the latest thirty are kept, by when they were last visited', () => {
  const [before, after, storage] = [new Places(), new Places(), makeStorage()]
  for (let number = 0; number < 40; number++) before.of(`${number}`).y = number
  before.of('0').y = 7
  before.keep(() => storage)
  after.restore(() => storage)
  expect([after.of('0').y, after.of('10').y, after.of('11').y, after.of('39').y]).toEqual([7, 0, 11, 39])
})

test('a forgotten place begins at the top', () => {
  const places = new Places()
  places.of('a').y = 5
  places.forget('a')
  expect(places.of('a')).toEqual({ y: 0 })
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
    '[["a", {"y": 1, "seen": 1}]]',
    '[["a", {"y": 1, "seen": [{"id": 1, "top": 1}]}]]',
    '[["a", {"y": 1, "link": 1}]]',
    '[["a", {"y": 1, "at": "1"}]]',
    '[["a", {"y": 1, "at": -1}]]',
    '[["a", {"y": 1, "at": 0.5}]]',
  ],
])('%s is no place', (text) => {
  const places = new Places()
  places.restore(() => makeStorage(text))
  expect(places.of('a')).toEqual({ y: 0 })
})

const refuse = (): never => {
  throw new DOMException('refused', 'SecurityError')
}

test.each([
  ['blocked', refuse],
  ['full', () => ({ getItem: refuse, setItem: refuse })],
] as const)('a storage that is %s costs nothing else', (_, storage) => {
  const places = new Places()
  places.of('a').y = 5
  places.keep(storage)
  places.restore(storage)
  expect(places.of('a').y).toBe(5)
})

test('one returns to the first row that is still there, where that row was', () => {
  const seen = [
    { id: 'gone', top: 60 },
    { id: 'b', top: 140 },
    { id: 'c', top: 220 },
  ]
  expect(rowToReturnTo(seen, ['new', 'a', 'b', 'c'])).toEqual({ index: 2, top: 140 })
  expect(rowToReturnTo(seen, ['new', 'a'])).toBeNull()
  expect(rowToReturnTo([], ['a'])).toBeNull()
})

test.each([
  ['nothing has been read yet', 40, 0, true, null],
  ['the list may be read to its place', 40, 20, false, null],
  ['rows may have come before it', 40, 139, false, null],
  ['so many rows have not come before it', 40, 140, false, 40],
  ['there is no more', 40, 60, true, 40],
  ['the list has become shorter', 40, 20, true, 19],
])('if the rows that were seen are not there and %s', (_, at, count, isAll, place) => {
  expect(rowInstead(at, count, isAll)).toBe(place)
})
