import { expect, test } from 'vitest'

import { merge } from './mergePosts'

const post = (id: string, second: number) => ({ id, createdAt: `2026-11-25T12:00:0${second}.000Z` })
const idsOf = (posts: { id: string }[]) => posts.map(({ id }) => id)

test('what came later is on top, whichever way it came', () => {
  expect(idsOf(merge([post('c', 3), post('a', 1)], [post('d', 4), post('b', 2)]))).toEqual(['d', 'c', 'b', 'a'])
})

test('what came both ways is there once', () => {
  expect(idsOf(merge([post('b', 2)], [post('b', 2), post('a', 1)]))).toEqual(['b', 'a'])
})
