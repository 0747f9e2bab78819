import { beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const {
  NO_NEW_POSTS,
  newPosts,
  addNewPosts,
  catchUp,
  clearNewPosts,
  removeDeletedPost,
  removeRepost,
  rowsOf,
  showNewPosts,
} = await import('./newPosts')

type CatchingUp = Parameters<typeof catchUp>[0]

beforeEach(() => clearNewPosts())
beforeEach(() => newPosts.set(NO_NEW_POSTS))

const row = (id: string) => ({
  id,
  after: `after ${id}`,
  postId: `post of ${id}`,
  createdAt: `at ${id}`,
  repost: null,
  reposterId: null,
})
const rows = (...ids: string[]) => ids.map(row)
const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)
/** What the tests compare: the ids of the rows. */
const shownState = () => {
  const { waiting, shown, areTooMany } = newPosts.get()
  return { waiting: idsOf(waiting), shown: idsOf(shown), areTooMany }
}

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
  addNewPosts(...rows('1'))
  addNewPosts(...rows('3', '2'))
  addNewPosts(...rows('3', '1'))
  expect(shownState()).toMatchObject({ waiting: ['3', '2', '1'], shown: [] })
  showNewPosts()
  expect(shownState()).toMatchObject({ waiting: [], shown: ['3', '2', '1'] })
  addNewPosts(...rows('2', '4'))
  expect(shownState()).toMatchObject({ waiting: ['4'], shown: ['3', '2', '1'] })
})

test('posts that arrive during a reload still wait afterwards', () => {
  addNewPosts(...rows('1'))
  showNewPosts()
  addNewPosts(...rows('2'))
  const before = newPosts.get()
  addNewPosts(...rows('3'))
  clearNewPosts(before)
  expect(shownState()).toEqual({ waiting: ['3'], shown: [], areTooMany: false })
})

test.each([
  ['nothing is new', ['2', '1'], ['2', '1'], false, []],
  ['posts above the first known one are new', ['2', '1'], ['4', '3', '2', '1'], false, ['4', '3']],
  ['all posts of a formerly empty feed are new', [], ['2', '1'], false, ['2', '1']],
  ['the first known post is deleted', ['2', '1'], ['3', '1'], true, ['3']],
])('catching up: %s', async (_, known, latest, hasNextPage, waiting) => {
  await catchUp(client(known, latest, hasNextPage))
  expect(shownState()).toEqual({ waiting, shown: [], areTooMany: false })
})

test('catching up: too many posts are new', async () => {
  await catchUp(client(['1'], ['9', '8', '7'], true))
  expect(shownState()).toMatchObject({ waiting: [], areTooMany: true })
})

test('catching up: waiting and shown posts are known', async () => {
  addNewPosts(...rows('5'))
  await catchUp(client(['1'], ['6', '5', '4'], true))
  expect(shownState()).toMatchObject({ waiting: ['6', '5'], areTooMany: false })
})

test('catching up returns the positions to resume from', async () => {
  expect(await catchUp(client([], ['2']))).toEqual(new Map([['2', { after: 'after 2', createdAt: 'at 2' }]]))
})

test('a deleted post neither waits nor is shown', () => {
  addNewPosts(...rows('1', '2'))
  showNewPosts()
  addNewPosts(...rows('3', '4'))
  removeDeletedPost('post of 1')
  removeDeletedPost('post of 4')
  expect(shownState()).toMatchObject({ waiting: ['3'], shown: ['2'] })
})

test('an undone repost neither waits nor is shown, also if the loaded feed has it', () => {
  addNewPosts(...rows('1', '2'))
  removeRepost('2')
  removeRepost('loaded')
  showNewPosts()
  expect(shownState()).toMatchObject({ waiting: [], shown: ['1'] })
  expect([...newPosts.get().gone]).toEqual(['2', 'loaded'])
})

test('rows of posts that are not loaded, deleted or hidden are left out', () => {
  const post = { id: 'post of 2', createdAt: 'at 0' } as Parameters<typeof rowsOf>[1][number]
  expect(rowsOf(rows('1', '2'), [post])).toMatchObject([{ id: '2', createdAt: 'at 2', post }])
})
