import type { ExecutionResult, SubscriptionForwarder } from '@urql/core'
import type { Client as SocketClient } from 'graphql-ws'

import { createStore } from '@/lib/store'
import { endSession } from '@/session/session'

import { backoffDelay } from './backoff'
import { network } from './network'

const PING_EVERY_MS = 20_000
const PONG_TIMEOUT_MS = 10_000
const REFUSED = [4401, 4403] // the close codes of graphql-transport-ws for an invalid token

/** The state of the WebSocket. `lost`: the connection broke and is retried. */
export const socketState = createStore<'closed' | 'open' | 'lost'>('closed')

/**
 * Sends the subscriptions of one session over one WebSocket. The socket is opened for the first subscription and reopened
 * while there are any. graphql-ws reads the payload again on each reconnection, so its variables may change.
 */
export function createSubscriptionForwarder(token: string | null): SubscriptionForwarder {
  let socket: Promise<SocketClient> | undefined
  return ({ query = '', variables = {} }, { context: { resumeFrom } }) => ({
    subscribe(observer) {
      let stop: (() => void) | undefined
      let isUnsubscribed = false
      socket ??= openSocket(token)
      socket.then((client) => {
        if (isUnsubscribed) return
        const next = (result: unknown): void => observer.next(result as ExecutionResult)
        const payload = {
          query,
          get variables() {
            return resumeFrom ? { ...variables, after: resumeFrom() } : variables
          },
        }
        stop = client.subscribe(payload, { ...observer, next })
      }, observer.error)
      return {
        unsubscribe() {
          isUnsubscribed = true
          stop?.()
        },
      }
    },
  })
}

/** Loads graphql-ws on demand, because the first page does not need it. */
async function openSocket(token: string | null): Promise<SocketClient> {
  const { createClient } = await import('graphql-ws')
  const address = new URL('/graphql', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  let pongTimeout: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url: address.href,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    keepAlive: PING_EVERY_MS,
    retryAttempts: Infinity,
    retryWait: waitBeforeRetry,
    shouldRetry: (event) => !isRefusal(event),
    on: {
      connected() {
        socketState.set('open')
        network.reportSuccess()
      },
      ping(isReceived) {
        if (!isReceived) pongTimeout = setTimeout(() => client.terminate(), PONG_TIMEOUT_MS)
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(pongTimeout)
      },
      closed(event) {
        clearTimeout(pongTimeout)
        socketState.set(isNormalClosure(event) || isRefusal(event) ? 'closed' : 'lost')
        if (token && isRefusal(event)) endSession(token)
      },
    },
  })
  return client
}

/** Waits before a retry, or until the browser is online again. */
async function waitBeforeRetry(retry: number): Promise<void> {
  await new Promise((resume) => {
    setTimeout(resume, backoffDelay(retry))
    addEventListener('online', resume, { once: true })
  })
}

const isNormalClosure = (event: unknown): boolean => event instanceof CloseEvent && event.code === 1000
const isRefusal = (event: unknown): boolean => event instanceof CloseEvent && REFUSED.includes(event.code)
