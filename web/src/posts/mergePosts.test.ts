import { expect, test } from 'vitest'

import { mergePosts } from './mergePosts'

const post = (id: string, second: number) => ({ id, createdAt: `2026-11-25T12:00:0${second}.000Z` })
const idsOf = (posts: { id: string }[]) => posts.map(({ id }) => id)

test('newer posts are on top', () => {
  expect(idsOf(mergePosts([post('c', 3), post('a', 1)], [post('d', 4), post('b', 2)]))).toEqual(['d', 'c', 'b', 'a'])
})

test('posts of both lists are there once', () => {
  expect(idsOf(mergePosts([post('b', 2)], [post('b', 2), post('a', 1)]))).toEqual(['b', 'a'])
})
