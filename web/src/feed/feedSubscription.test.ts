import { type OperationContext, subscriptionExchange } from '@urql/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { makeAnswering } from '@/api/testClient.testing'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { connection } = await import('@/api/connection/socket')
const { arrivals, forgetUnfollowed } = await import('./newPosts')
const { listen, listening } = await import('./feedSubscription')

vi.setConfig({ testTimeout: 60_000 }) // a busy machine is no failure
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 })

const LONGEST_PAUSE_MS = 60_000

/** A post of that minute, with all that the client shows of it. */
const post = (minute: number): object => ({
  __typename: 'Post',
  id: `post ${minute}`,
  createdAt: new Date(Date.UTC(2026, 10, 25, 12, minute)).toISOString(),
  segments: [],
  author: {
    __typename: 'User',
    id: 'ann',
    alias: 'ann',
    firstName: 'Ann',
    lastName: 'Test',
    isViewer: false,
    isCelebrity: false,
    imageUrl: null,
    imageSrcset: '',
  },
  delivery: null,
})

interface Sink {
  next: (result: object) => void
  context: OperationContext
}

/** A server whose feed has posts of some minutes, the latest first. What has subscribed is in `open`. */
function serve(...feed: number[]) {
  const world = { feed, isDown: false, open: [] as Sink[] }
  const answer = (): object | undefined => {
    if (world.isDown) return undefined
    return {
      feed: {
        __typename: 'PostConnection',
        edges: world.feed.map((minute) => ({ __typename: 'PostEdge', cursor: `after ${minute}`, node: post(minute) })),
        pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
      },
    }
  }
  const unfollow = (): object => ({ unfollow: { __typename: 'Unfollowed' } })
  const subscriptions = subscriptionExchange({
    forwardSubscription: (_, { context }) => ({
      subscribe(observer) {
        const sink: Sink = { next: (result) => observer.next(result), context }
        world.open.push(sink)
        return { unsubscribe: () => world.open.splice(world.open.indexOf(sink), 1) }
      },
    }),
  })
  const { client, asked } = makeAnswering({ Feed: answer, Unfollow: unfollow }, subscriptions)
  const bring = (minute: number): void => world.open[0]?.next({ data: { feedUpdates: post(minute) } })
  return Object.assign(world, { client, asked, bring })
}

let stop = (): void => undefined

/** Listens until the feed has been read behind the subscription. */
async function begin(server: ReturnType<typeof serve>): Promise<void> {
  stop = listen(server.client)
  await until(() => expect(listening.get()).toBe('yes'))
}

const waiting = (): readonly string[] => arrivals.get().waiting

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  connection.set('open')
  arrivals.set({ waiting: [], shown: [], areTooMany: false })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

test('what it is brought waits, each post once; what the feed has does not', async () => {
  const server = serve(2, 1)
  await begin(server)
  for (const minute of [3, 2, 4, 3]) server.bring(minute)
  expect(waiting()).toEqual(['post 4', 'post 3'])
})

test('posts of an account that is unfollowed no longer wait', async () => {
  const server = serve(1)
  await begin(server)
  server.bring(3)
  const unfollow = 'mutation Unfollow { unfollow(input: { userId: "ann" }) { __typename } }'
  await server.client.mutation(unfollow, {}).toPromise()
  expect(waiting()).toEqual(['post 3'])
  forgetUnfollowed(server.client)
  expect(waiting()).toEqual([])
})

test('what came between the feed that is shown and the subscription is found by reading behind it', async () => {
  const server = serve(1)
  await server.client.query((await import('./FeedPages')).FeedPages, {}).toPromise()
  server.feed = [3, 2, 1]
  await begin(server)
  expect(waiting()).toEqual(['post 3', 'post 2'])
})

test('a connection that is back is resumed from what is known, and nothing is read', async () => {
  const server = serve(3, 2, 1)
  await begin(server)
  server.bring(5)
  const reads = server.asked.length
  connection.set('lost')
  expect(listening.get()).toBe('no')
  expect(server.open[0]?.context.resumeFrom?.()).toBe('after 3')
  connection.set('open')
  expect(listening.get()).toBe('yes')
  expect(server.asked).toHaveLength(reads)
})

test('a connection that is back with nothing to resume from has the feed read', async () => {
  const server = serve(1)
  await begin(server)
  expect(server.open[0]?.context.resumeFrom?.()).toBeNull()
  connection.set('lost')
  server.feed = [2, 1]
  connection.set('open')
  await until(() => expect(waiting()).toEqual(['post 2']))
  expect(listening.get()).toBe('yes')
})

test('a subscription that is refused is begun again after a pause, as long as the server asks for at least', async () => {
  const server = serve(1)
  await begin(server)
  const error = { message: 'interrupted', extensions: { retryAfterMs: 30_000 } }
  server.open[0]?.next({ errors: [error] })
  expect([listening.get(), server.open.length]).toEqual(['no', 0])
  await vi.advanceTimersByTimeAsync(29_999)
  expect(server.open).toHaveLength(0)
  server.feed = [2, 1]
  await vi.advanceTimersByTimeAsync(LONGEST_PAUSE_MS)
  expect(server.open).toHaveLength(1)
  await until(() => expect([listening.get(), waiting()]).toEqual(['yes', ['post 2']]))
})

test('while the feed cannot be read it is tried again and again', async () => {
  const server = serve(1)
  server.isDown = true
  stop = listen(server.client)
  await until(() => expect(listening.get()).toBe('no'))
  const reads = server.asked.length
  await vi.advanceTimersByTimeAsync(LONGEST_PAUSE_MS)
  await until(() => expect(server.asked.length).toBeGreaterThan(reads))
  server.isDown = false
  await vi.advanceTimersByTimeAsync(2 * LONGEST_PAUSE_MS)
  await until(() => expect(listening.get()).toBe('yes'))
  expect(server.open).toHaveLength(1)
})

test('once it is stopped nothing is subscribed to, and nothing begun again', async () => {
  const server = serve(1)
  await begin(server)
  server.open[0]?.next({ errors: [{ message: 'interrupted' }] })
  stop()
  expect(listening.get()).toBe('not yet')
  await vi.advanceTimersByTimeAsync(LONGEST_PAUSE_MS)
  connection.set('lost')
  connection.set('open')
  expect([listening.get(), server.open.length]).toEqual(['not yet', 0])
})

test('stopped while the feed is read, it does not say that posts arrive', async () => {
  const server = serve(1)
  stop = listen(server.client)
  stop()
  await until(() => expect(server.asked).toHaveLength(2))
  await vi.advanceTimersByTimeAsync(0)
  expect(listening.get()).toBe('not yet')
})
