import { expect, test } from 'vitest'

import { findReadRow, isBelow } from './readLine'

const rows = [5, 4, 3, 2, 1].map((number) => ({
  id: `${number}`,
  cursor: `cursor ${number}`,
  createdAt: `2026-01-01T00:00:0${number}Z`,
}))
const own =
  (...ids: string[]) =>
  (row: { id: string }) =>
    ids.includes(row.id)
const at = (number: number): string => `2026-01-01T00:00:0${number}Z`

test.each([
  ['the row of the place', { cursor: 'cursor 3' }, own(), '3'],
  ['no row if all are read', { cursor: 'cursor 5' }, own(), null],
  ['no row if only own posts are new', { cursor: 'cursor 3' }, own('5', '4'), null],
  ['the row of the place if not only own posts are new', { cursor: 'cursor 3' }, own('5'), '3'],
  ['no row if the place is not loaded', { cursor: 'gone' }, own(), null],
  ['the row below the next newer one if the one of the place is gone', { cursor: 'gone', newerAt: at(3) }, own(), '2'],
  ['no row if that is the first', { cursor: 'gone', newerAt: at(6) }, own(), null],
  ['no row if that is not loaded', { cursor: 'gone', newerAt: at(1) }, own(), null],
  ['the row of the place below other rows', { cursor: 'cursor 3', newerAt: at(5) }, own(), '3'],
  ['no row without a place', null, own(), null],
])('the line stands above %s', (_, place, isOwn, row) => {
  expect(findReadRow(rows, place, isOwn)).toBe(row)
})

test.each([
  ['below the loaded rows', { cursor: 'gone', newerAt: at(1) }, true],
  ['not below them if its row is loaded', { cursor: 'cursor 1', newerAt: at(2) }, false],
  ['not below them if a lower row is loaded', { cursor: 'gone', newerAt: at(2) }, false],
  ['not below them if it is above them', { cursor: 'gone', newerAt: at(6) }, false],
  ['not below them as long as no row above it is known', { cursor: 'gone' }, false],
  ['not below them if there is none', null, false],
])('the place is %s', (_, place, expected) => {
  expect(isBelow(place, rows)).toBe(expected)
})

test('nothing is below an empty list', () => {
  expect(isBelow({ cursor: 'gone', newerAt: at(1) }, [])).toBe(false)
})
