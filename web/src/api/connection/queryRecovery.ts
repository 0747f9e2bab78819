import { type Client, type CombinedError, type Exchange, mapExchange, type Operation } from '@urql/core'

import { graphql } from '@/gql'

import { backoffDelay } from './backoff'
import { isUnreachable, type Network } from './network'

const Reachable = graphql(`
  query Reachable {
    __typename
  }
`)

/** If the server was reachable for this time, the next failure counts as the first one. */
const CALM_MS = 60_000

/** Returns true for errors that may disappear when the network is back. */
export function isNetworkError({ networkError, response }: CombinedError): boolean {
  return networkError !== undefined || isUnreachable((response as Response | undefined)?.status ?? 0)
}

export interface QueryRecovery {
  exchange: Exchange
  /** Returns a function that stops the recovery. */
  start: (client: Client) => () => void
}

/**
 * Retries the active queries that failed with a network error when the network is back. While the server is unreachable, it
 * is polled at growing intervals. The intervals also grow if the server answers the poll but fails again when the queries
 * run.
 *
 * Kept by hand: urql's retryExchange repeats each query on its own timer and returns no result until it gives up.
 */
export function createQueryRecovery(network: Network): QueryRecovery {
  const failed = new Map<number, Operation>()
  const exchange = mapExchange({
    onOperation({ kind, key }) {
      if (kind === 'teardown') failed.delete(key)
    },
    onResult({ operation, error }) {
      if (operation.kind === 'query' && error && isNetworkError(error)) {
        failed.set(operation.key, operation)
        network.reportFailure() // The network may have come back between the failure and this result.
      } else failed.delete(operation.key)
    },
  })
  const start = (client: Client): (() => void) => {
    let tries = 0
    let upSince = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const poll = (): void => {
      void client
        .query(Reachable, {}, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ error }) => error && isNetworkError(error) && network.get() === 'unreachable' && schedulePoll())
    }
    const schedulePoll = (): void => {
      clearTimeout(timer)
      timer = setTimeout(poll, backoffDelay(tries++))
    }
    const onNetworkChange = (): void => {
      clearTimeout(timer)
      if (network.get() === 'unreachable') {
        if (Date.now() - upSince >= CALM_MS) tries = 0
        schedulePoll()
      }
      if (network.get() !== 'up') return
      upSince = Date.now()
      for (const { context, ...operation } of failed.values()) {
        client.reexecuteOperation({ ...operation, context: { ...context, requestPolicy: 'network-only' } } as Operation)
      }
    }
    const stop = network.subscribe(onNetworkChange)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }
  return { exchange, start }
}
