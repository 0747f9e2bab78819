import type { ExecutionResult, SubscriptionForwarder } from '@urql/core'
import type { Client as SocketClient } from 'graphql-ws'

import { createStore } from '@/lib/store'
import { endSession } from '@/session/session'

import { network } from './network'
import { pauseBefore } from './backoff'

const PING_EVERY_MS = 20_000
const ANSWERED_WITHIN_MS = 10_000
const REFUSED = [4401, 4403] // how graphql-transport-ws closes for a token that is not accepted

/** `lost` while it is being tried again. */
export const connection = createStore<'closed' | 'open' | 'lost'>('closed')

/**
 * Subscriptions of one session over one socket, opened with the first and tried again for as long as any is left.
 * graphql-ws writes the payload anew whenever it sends a subscription again, so that its variables may change.
 */
export function subscribe(token: string | null): SubscriptionForwarder {
  let socket: Promise<SocketClient> | undefined
  return ({ query = '', variables = {} }, { context: { resumeFrom } }) => ({
    subscribe(observer) {
      let stop: (() => void) | undefined
      let isOver = false
      socket ??= open(token)
      socket.then((client) => {
        if (isOver) return
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
  let unanswered: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url: address.href,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    keepAlive: PING_EVERY_MS,
    retryAttempts: Infinity,
    retryWait: pause,
    shouldRetry: (event) => !isRefusal(event),
    on: {
      connected() {
        connection.set('open')
        network.succeeded()
      },
      ping(isReceived) {
        if (!isReceived) unanswered = setTimeout(() => client.terminate(), ANSWERED_WITHIN_MS)
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(unanswered)
      },
      closed(event) {
        clearTimeout(unanswered)
        connection.set(isWanted(event) || isRefusal(event) ? 'closed' : 'lost')
        if (token && isRefusal(event)) endSession(token)
      },
    },
  })
  return client
}

/** Cut short when the machine is back on a network. */
async function pause(retry: number): Promise<void> {
  await new Promise((resume) => {
    setTimeout(resume, pauseBefore(retry))
    addEventListener('online', resume, { once: true })
  })
}

const isWanted = (event: unknown): boolean => event instanceof CloseEvent && event.code === 1000
const isRefusal = (event: unknown): boolean => event instanceof CloseEvent && REFUSED.includes(event.code)
