import { beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { newPosts, addNewPosts, catchUp, clearNewPosts, showNewPosts } = await import('./newPosts')

type CatchingUp = Parameters<typeof catchUp>[0]

beforeEach(() => clearNewPosts())
beforeEach(() => newPosts.set({ waiting: [], shown: [], areTooMany: false }))

/** A client with a cached feed `known`, whose server has the feed `latest`. */
function client(known: string[], latest: string[], hasNextPage = false): CatchingUp {
  const pageOf = (ids: string[]) => ({
    feed: {
      edges: ids.map((id) => ({ cursor: `after ${id}`, node: { id, createdAt: `at ${id}` } })),
      pageInfo: { hasNextPage, endCursor: null },
    },
  })
  return {
    query: (_: unknown, { first }: { first?: number }) => ({
      toPromise: () => Promise.resolve({ data: pageOf(first ? latest : known) }),
    }),
    readQuery: () => null,
  } as unknown as CatchingUp
}

test('new posts wait until they are asked for, newest first and without duplicates', () => {
  addNewPosts('1')
  addNewPosts('3', '2')
  addNewPosts('3', '1')
  expect(newPosts.get()).toMatchObject({ waiting: ['3', '2', '1'], shown: [] })
  showNewPosts()
  expect(newPosts.get()).toMatchObject({ waiting: [], shown: ['3', '2', '1'] })
  addNewPosts('2', '4')
  expect(newPosts.get()).toMatchObject({ waiting: ['4'], shown: ['3', '2', '1'] })
})

test('posts that arrive during a reload still wait afterwards', () => {
  addNewPosts('1')
  showNewPosts()
  addNewPosts('2')
  const before = newPosts.get()
  addNewPosts('3')
  clearNewPosts(before)
  expect(newPosts.get()).toEqual({ waiting: ['3'], shown: [], areTooMany: false })
})

test.each([
  ['nothing is new', ['2', '1'], ['2', '1'], false, []],
  ['posts above the first known one are new', ['2', '1'], ['4', '3', '2', '1'], false, ['4', '3']],
  ['all posts of a formerly empty feed are new', [], ['2', '1'], false, ['2', '1']],
  ['the first known post is deleted', ['2', '1'], ['3', '1'], true, ['3']],
])('catching up: %s', async (_, known, latest, hasNextPage, waiting) => {
  await catchUp(client(known, latest, hasNextPage))
  expect(newPosts.get()).toEqual({ waiting, shown: [], areTooMany: false })
})

test('catching up: too many posts are new', async () => {
  await catchUp(client(['1'], ['9', '8', '7'], true))
  expect(newPosts.get()).toMatchObject({ waiting: [], areTooMany: true })
})

test('catching up: waiting and shown posts are known', async () => {
  addNewPosts('5')
  await catchUp(client(['1'], ['6', '5', '4'], true))
  expect(newPosts.get()).toMatchObject({ waiting: ['6', '5'], areTooMany: false })
})

test('catching up returns the positions to resume from', async () => {
  expect(await catchUp(client([], ['2']))).toEqual(new Map([['2', { after: 'after 2', createdAt: 'at 2' }]]))
})
