import { Client, subscriptionExchange, type SubscriptionForwarder } from '@urql/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { formatUnread, subscribeToNotifications, unreadNotifications } = await import('./unreadNotifications')

const LONGEST_DELAY_MS = 60_000

/** A server that sends on demand. `subscriptions` are the open ones. */
function serve() {
  const subscriptions: { send: (count: number) => void; fail: (code: string) => void }[] = []
  const forward: SubscriptionForwarder = () => ({
    subscribe({ next }) {
      const subscription = {
        send: (unreadCount: number): void => next({ data: { notificationsChanged: { unreadCount } } }),
        fail: (code: string): void => next({ errors: [{ message: code, extensions: { code } }] }),
      }
      subscriptions.push(subscription)
      return { unsubscribe: () => void subscriptions.splice(subscriptions.indexOf(subscription), 1) }
    },
  })
  const exchanges = [subscriptionExchange({ forwardSubscription: forward })]
  return { subscriptions, client: new Client({ url: 'http://localhost', preferGetMethod: false, exchanges }) }
}

beforeEach(() => {
  vi.useFakeTimers()
  unreadNotifications.set(0)
})
afterEach(() => vi.useRealTimers())

test('the count follows the server', async () => {
  const { client, subscriptions } = serve()
  const stop = subscribeToNotifications(client)
  await vi.advanceTimersByTimeAsync(0)
  for (const count of [3, 0, 7]) {
    subscriptions[0]?.send(count)
    expect(unreadNotifications.get()).toBe(count)
  }
  stop()
  await vi.advanceTimersByTimeAsync(0)
  expect(subscriptions).toEqual([])
})

test('a subscription that ends with an error is started again', async () => {
  const { client, subscriptions } = serve()
  const stop = subscribeToNotifications(client)
  await vi.advanceTimersByTimeAsync(0)
  subscriptions[0]?.fail('INTERRUPTED')
  expect(subscriptions).toEqual([])
  await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS)
  expect(subscriptions).toHaveLength(1)
  subscriptions[0]?.send(2)
  expect(unreadNotifications.get()).toBe(2)
  stop()
})

test('a stopped subscription is not started again', async () => {
  const { client, subscriptions } = serve()
  const stop = subscribeToNotifications(client)
  await vi.advanceTimersByTimeAsync(0)
  subscriptions[0]?.fail('INTERRUPTED')
  stop()
  await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS)
  expect(subscriptions).toEqual([])
})

test.each([
  [1, '1'],
  [98, '98'],
  [99, '99+'],
])('%s is shown as %s, because the server counts up to 99', (count, shown) => {
  expect(formatUnread(count)).toBe(shown)
})
