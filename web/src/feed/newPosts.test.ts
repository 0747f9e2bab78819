import { beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // which the session hears of other tabs by
const { arrivals, arrive, catchUp, forgetArrivals, showWaiting } = await import('./newPosts')

type CatchingUp = Parameters<typeof catchUp>[0]

beforeEach(() => forgetArrivals())
beforeEach(() => arrivals.set({ waiting: [], shown: [], areTooMany: false }))

/** A client that knows some posts of the feed, and reads others from its top. */
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

test('what comes waits until it is asked for, the latest first, and comes once', () => {
  arrive('1')
  arrive('3', '2')
  arrive('3', '1')
  expect(arrivals.get()).toMatchObject({ waiting: ['3', '2', '1'], shown: [] })
  showWaiting()
  expect(arrivals.get()).toMatchObject({ waiting: [], shown: ['3', '2', '1'] })
  arrive('2', '4')
  expect(arrivals.get()).toMatchObject({ waiting: ['4'], shown: ['3', '2', '1'] })
})

test('once the feed is read anew, what came meanwhile still waits', () => {
  arrive('1')
  showWaiting()
  arrive('2')
  const before = arrivals.get()
  arrive('3')
  forgetArrivals(before)
  expect(arrivals.get()).toEqual({ waiting: ['3'], shown: [], areTooMany: false })
})

test.each([
  ['nothing is new', ['2', '1'], ['2', '1'], false, []],
  ['what is above the first that is known', ['2', '1'], ['4', '3', '2', '1'], false, ['4', '3']],
  ['all of a feed that was empty', [], ['2', '1'], false, ['2', '1']],
  ['the first that is known is gone', ['2', '1'], ['3', '1'], true, ['3']],
])('catching up: %s', async (_, known, latest, hasNextPage, waiting) => {
  await catchUp(client(known, latest, hasNextPage))
  expect(arrivals.get()).toEqual({ waiting, shown: [], areTooMany: false })
})

test('catching up: so many are new that none of them is known', async () => {
  await catchUp(client(['1'], ['9', '8', '7'], true))
  expect(arrivals.get()).toMatchObject({ waiting: [], areTooMany: true })
})

test('catching up: what waits or is shown is known', async () => {
  arrive('5')
  await catchUp(client(['1'], ['6', '5', '4'], true))
  expect(arrivals.get()).toMatchObject({ waiting: ['6', '5'], areTooMany: false })
})

test('catching up tells from where to resume', async () => {
  expect(await catchUp(client([], ['2']))).toEqual(new Map([['2', { after: 'after 2', createdAt: 'at 2' }]]))
})
