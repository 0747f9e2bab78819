import { Client, fetchExchange, mapExchange, type Operation, subscriptionExchange } from '@urql/core'

import { createCache } from '@/api/cache/cache'
import { network, observedFetch } from '@/api/connection/network'
import { createQueryRecovery } from '@/api/connection/queryRecovery'
import { createSubscriptionForwarder } from '@/api/connection/socket'
import { endSession } from '@/session/session'

import { isUnauthenticated } from './errors'

const URL = '/graphql'
const GIVE_UP_AFTER_MS = 30_000
// The server requires this header for uploads. Forms of other sites cannot send it, so it prevents request forgery.
const PREFLIGHTED = { 'apollo-require-preflight': 'true' }

interface ApiClient {
  client: Client
  /** Starts to retry failed queries (see queryRecovery.ts). Returns a function that stops it. */
  startRecovery: () => () => void
}

/** Creates the client of one session. Sessions share no cache, because one account must not see another's data. */
export function createApiClient(token: string | null): ApiClient {
  const recovery = createQueryRecovery(network)
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
      createCache(),
      subscriptionExchange({
        forwardSubscription: createSubscriptionForwarder(token),
        isSubscriptionOperation: isSentOverSocket,
      }),
      fetchExchange,
    ],
  })
  return { client, startRecovery: () => recovery.start(client) }
}

declare module '@urql/core' {
  interface OperationContext {
    /** Sends a query over the WebSocket, so that the server executes it after the subscriptions sent before it. */
    isBehindSubscriptions?: boolean
    /** Returns the variable `after` of a subscription. It is called whenever the subscription is sent, also on reconnection. */
    resumeFrom?: () => string | null
  }
}

const isSentOverSocket = ({ kind, context }: Operation): boolean =>
  kind === 'subscription' || (kind === 'query' && context.isBehindSubscriptions === true)

function withDeadline(signal: AbortSignal | null | undefined): AbortSignal {
  const deadline = AbortSignal.timeout(GIVE_UP_AFTER_MS)
  return signal ? AbortSignal.any([signal, deadline]) : deadline
}
