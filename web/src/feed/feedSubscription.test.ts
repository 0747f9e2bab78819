import { type OperationContext, subscriptionExchange } from '@urql/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createTestClient } from '@/api/testClient.testing'

import { edge } from './edges.testing'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { socketState } = await import('@/api/connection/socket')
const { NO_NEW_POSTS, newPosts, removeHiddenPosts } = await import('./newPosts')
const { subscribeToFeed, feedState } = await import('./feedSubscription')

vi.setConfig({ testTimeout: 60_000 }) // a slow machine is not a failure
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 120_000 })

const LONGEST_DELAY_MS = 60_000

interface Sink {
  next: (result: object) => void
  context: OperationContext
}

/** A server with a feed of posts by their minutes, newest first. `open` are the open subscriptions. */
function serve(...feed: number[]) {
  const world = { feed, isDown: false, open: [] as Sink[] }
  const answer = (): object | undefined => {
    if (world.isDown) return undefined
    return {
      feed: {
        __typename: 'PostConnection',
        edges: world.feed.map((minute) => edge(minute)),
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
  const { client, sent } = createTestClient({ Feed: answer, Unfollow: unfollow }, subscriptions)
  const change = (feedChanges: object): void => world.open[0]?.next({ data: { feedChanges } })
  const arrive = (...event: Parameters<typeof edge>): void =>
    change({ __typename: 'PostArrived', edge: edge(...event) })
  const deliver = (minute: number): void => arrive(minute)
  return Object.assign(world, { client, asked: sent, change, arrive, deliver })
}

let stop = (): void => undefined

/** Subscribes, and waits until the feed is loaded after the subscription has started. */
async function start(server: ReturnType<typeof serve>): Promise<void> {
  stop = subscribeToFeed(server.client)
  await until(() => expect(feedState.get()).toBe('live'))
}

const waiting = (): readonly string[] => newPosts.get().waiting.map(({ id }) => id)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  socketState.set('open')
  newPosts.set(NO_NEW_POSTS)
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

test('posts that arrive wait without duplicates; posts of the feed do not wait', async () => {
  const server = serve(2, 1)
  await start(server)
  for (const minute of [3, 2, 4, 3]) server.deliver(minute)
  expect(waiting()).toEqual(['post 4', 'post 3'])
})

test('posts of an unfollowed account stop waiting', async () => {
  const server = serve(1)
  await start(server)
  server.deliver(3)
  const unfollow = 'mutation Unfollow { unfollow(input: { userId: "ann" }) { __typename } }'
  await server.client.mutation(unfollow, {}).toPromise()
  expect(waiting()).toEqual(['post 3'])
  removeHiddenPosts(server.client, 'ann')
  expect(waiting()).toEqual([])
})

test('reposts arrive, and stop waiting when their account is unfollowed or they are undone', async () => {
  const server = serve(1)
  await start(server)
  server.arrive(2, 'bob', 3)
  server.arrive(1, 'cleo', 4)
  server.deliver(5)
  expect(waiting()).toEqual(['post 5', 'after 4', 'after 3'])
  removeHiddenPosts(server.client, 'bob')
  expect(waiting()).toEqual(['post 5', 'after 4'])
  server.change({ __typename: 'FeedRepostUndone', cursor: 'after 4' })
  expect(waiting()).toEqual(['post 5'])
})

test('a deleted post leaves the loaded feed and what waits', async () => {
  const server = serve(2, 1)
  await start(server)
  server.deliver(3)
  for (const id of ['post 2', 'post 3']) server.change({ __typename: 'FeedPostDeleted', deletedPostId: id })
  expect(waiting()).toEqual([])
  const feed = server.client.readQuery((await import('./FeedPages')).FeedPages, {})?.data?.feed
  expect(feed?.edges).toMatchObject([{ cursor: 'after 1' }])
})

test('a feed that may have changed is loaded again', async () => {
  const server = serve(1)
  await start(server)
  server.feed = [2, 1]
  server.change({ __typename: 'FeedStale', reason: null })
  await until(() => expect(waiting()).toEqual(['post 2']))
})

test('posts that arrived between the feed and the subscription are found', async () => {
  const server = serve(1)
  await server.client.query((await import('./FeedPages')).FeedPages, {}).toPromise()
  server.feed = [3, 2, 1]
  await start(server)
  expect(waiting()).toEqual(['post 3', 'post 2'])
})

test('a lost connection resumes after a known post, without loading the feed', async () => {
  const server = serve(3, 2, 1)
  await start(server)
  server.deliver(5)
  const reads = server.asked.length
  socketState.set('lost')
  expect(feedState.get()).toBe('interrupted')
  expect(server.open[0]?.context.resumeFrom?.()).toBe('after 3')
  socketState.set('open')
  expect(feedState.get()).toBe('live')
  expect(server.asked).toHaveLength(reads)
})

test('without a post to resume after, the feed is loaded', async () => {
  const server = serve(1)
  await start(server)
  expect(server.open[0]?.context.resumeFrom?.()).toBeNull()
  socketState.set('lost')
  server.feed = [2, 1]
  socketState.set('open')
  await until(() => expect(waiting()).toEqual(['post 2']))
  expect(feedState.get()).toBe('live')
})

test('a failed subscription restarts after at least the delay that the server requests', async () => {
  const server = serve(1)
  await start(server)
  const error = { message: 'interrupted', extensions: { retryAfterMs: 30_000 } }
  server.open[0]?.next({ errors: [error] })
  expect([feedState.get(), server.open.length]).toEqual(['interrupted', 0])
  await vi.advanceTimersByTimeAsync(29_999)
  expect(server.open).toHaveLength(0)
  server.feed = [2, 1]
  await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS)
  expect(server.open).toHaveLength(1)
  await until(() => expect([feedState.get(), waiting()]).toEqual(['live', ['post 2']]))
})

test('a feed that cannot be loaded is retried', async () => {
  const server = serve(1)
  server.isDown = true
  stop = subscribeToFeed(server.client)
  await until(() => expect(feedState.get()).toBe('interrupted'))
  const reads = server.asked.length
  await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS)
  await until(() => expect(server.asked.length).toBeGreaterThan(reads))
  server.isDown = false
  await vi.advanceTimersByTimeAsync(2 * LONGEST_DELAY_MS)
  await until(() => expect(feedState.get()).toBe('live'))
  expect(server.open).toHaveLength(1)
})

test('after it is stopped, nothing is subscribed to or restarted', async () => {
  const server = serve(1)
  await start(server)
  server.open[0]?.next({ errors: [{ message: 'interrupted' }] })
  stop()
  expect(feedState.get()).toBe('starting')
  await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS)
  socketState.set('lost')
  socketState.set('open')
  expect([feedState.get(), server.open.length]).toEqual(['starting', 0])
})

test('if it is stopped while the feed is loading, it does not report live updates', async () => {
  const server = serve(1)
  stop = subscribeToFeed(server.client)
  stop()
  await until(() => expect(server.asked).toHaveLength(2))
  await vi.advanceTimersByTimeAsync(0)
  expect(feedState.get()).toBe('starting')
})
