import type { ExecutionResult, SubscriptionForwarder } from '@urql/core'
import type { Client as SocketClient } from 'graphql-ws'

import { endSession } from '@/session/session'

import { connection } from './connection'

const PING_EVERY_MS = 20_000
const LONGEST_PAUSE_MS = 30_000
const REFUSED = [4401, 4403] // the close codes of graphql-transport-ws for a token that is not accepted

/** Subscriptions of one session over one socket, opened with the first and tried again for as long as any is left. */
export function subscribe(token: string | null): SubscriptionForwarder {
  let socket: Promise<SocketClient> | undefined
  return (request) => ({
    subscribe(observer) {
      let stop: (() => void) | undefined
      let isOver = false
      socket ??= open(token)
      socket.then((client) => {
        if (isOver) return
        const { query = '', variables = {} } = request
        stop = client.subscribe(
          { query, variables },
          { ...observer, next: (result) => observer.next(result as ExecutionResult) },
        )
      }, observer.error)
      return {
        unsubscribe() {
          isOver = true
          stop?.()
        },
      }
    },
  })
}

/** The library is loaded only now: nothing on the first screen waits for it. */
async function open(token: string | null): Promise<SocketClient> {
  const { createClient } = await import('graphql-ws')
  const address = new URL('/graphql', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  return createClient({
    url: address.href,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    keepAlive: PING_EVERY_MS,
    retryAttempts: Infinity,
    retryWait: pause,
    shouldRetry: (event) => !isRefusal(event),
    on: {
      connected: () => connection.set('open'),
      closed(event) {
        connection.set(isRefusal(event) || isWanted(event) ? 'closed' : 'lost')
        if (token && isRefusal(event)) endSession(token)
      },
    },
  })
}

/** Doubles, and differs from client to client, so that a server that comes back is not met by all at once. */
async function pause(retries: number): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** retries) * (0.5 + Math.random() / 2)
  await new Promise((resume) => {
    setTimeout(resume, ms)
    addEventListener('online', resume, { once: true })
  })
}

const isWanted = (event: unknown): boolean => event instanceof CloseEvent && event.code === 1000
const isRefusal = (event: unknown): boolean => event instanceof CloseEvent && REFUSED.includes(event.code)
