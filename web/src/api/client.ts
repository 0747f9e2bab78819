import { Client, fetchExchange, mapExchange, type Operation, subscriptionExchange } from '@urql/core'

import { endSession } from '@/session/session'

import { makeCache } from '@/api/cache/cache'
import { network, observedFetch } from '@/api/connection/network'
import { isUnauthenticated } from './errors'
import { makeRecovery } from '@/api/connection/queryRecovery'
import { subscribe } from '@/api/connection/socket'

const URL = '/graphql'
const GIVE_UP_AFTER_MS = 30_000
// What no form of another site can send: the server wants it of uploads.
const PREFLIGHTED = { 'apollo-require-preflight': 'true' }

interface Api {
  client: Client
  /** Starts the recovery of failed queries (see recovery.ts). Returns a function that stops it. */
  recover: () => () => void
}

/** One per session: what one account has seen is not for the next. */
export function makeApi(token: string | null): Api {
  const recovery = makeRecovery(network)
  const client = new Client({
    url: URL,
    preferGetMethod: false,
    requestPolicy: 'cache-first',
    fetch: (input, init) => observedFetch(() => fetch(input, { ...init, signal: withDeadline(init?.signal) })),
    fetchOptions: () => ({ headers: { ...PREFLIGHTED, ...(token && { authorization: `Bearer ${token}` }) } }),
    exchanges: [
      mapExchange({
        onError(error) {
          if (token && isUnauthenticated(error)) endSession(token)
        },
      }),
      recovery.exchange,
      makeCache(),
      subscriptionExchange({ forwardSubscription: subscribe(token), isSubscriptionOperation: goesOverSocket }),
      fetchExchange,
    ],
  })
  return { client, recover: () => recovery.begin(client) }
}

declare module '@urql/core' {
  interface OperationContext {
    /** Sent over the same socket, so that the server takes it up after the subscriptions that were begun before. */
    isBehindSubscriptions?: boolean
    /** The variable `after` of a subscription, asked for each time that it is sent: also when the connection is back. */
    resumeFrom?: () => string | null
  }
}

const goesOverSocket = ({ kind, context }: Operation): boolean =>
  kind === 'subscription' || (kind === 'query' && context.isBehindSubscriptions === true)

function withDeadline(signal: AbortSignal | null | undefined): AbortSignal {
  const deadline = AbortSignal.timeout(GIVE_UP_AFTER_MS)
  return signal ? AbortSignal.any([signal, deadline]) : deadline
}
