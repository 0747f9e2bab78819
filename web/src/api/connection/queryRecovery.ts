import { type Client, type CombinedError, type Exchange, mapExchange, type Operation } from '@urql/core'

import { graphql } from '@/gql'

import { isUnreachable, type Network } from './network'
import { pauseBefore } from './backoff'

const Reachable = graphql(`
  query Reachable {
    __typename
  }
`)

/** How long the server must be reachable until its next failure counts as the first. */
const CALM_MS = 60_000

/** True for errors that may go away when the network is back. */
export function isOfNetwork({ networkError, response }: CombinedError): boolean {
  return networkError !== undefined || isUnreachable((response as Response | undefined)?.status ?? 0)
}

export interface Recovery {
  exchange: Exchange
  /** Returns a function that stops the recovery. */
  begin: (client: Client) => () => void
}

/**
 * Runs active queries that failed with a network error again, as soon as the network is back. While the server is
 * unreachable, it polls the server at growing intervals. They also grow if the server answers the poll, but fails again as
 * soon as the queries run.
 */
export function makeRecovery(network: Network): Recovery {
  const failed = new Map<number, Operation>()
  const exchange = mapExchange({
    onOperation({ kind, key }) {
      if (kind === 'teardown') failed.delete(key)
    },
    onResult({ operation, error }) {
      if (operation.kind === 'query' && error && isOfNetwork(error)) failed.set(operation.key, operation)
      else failed.delete(operation.key)
    },
  })
  const begin = (client: Client): (() => void) => {
    let tries = 0
    let upSince = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (): void => {
      void client
        .query(Reachable, {}, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ error }) => error && isOfNetwork(error) && network.get() === 'unreachable' && wait())
    }
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(ask, pauseBefore(tries++))
    }
    const follow = (): void => {
      clearTimeout(timer)
      if (network.get() === 'unreachable') {
        if (Date.now() - upSince >= CALM_MS) tries = 0
        wait()
      }
      if (network.get() !== 'up') return
      upSince = Date.now()
      for (const { context, ...operation } of failed.values()) {
        client.reexecuteOperation({ ...operation, context: { ...context, requestPolicy: 'network-only' } } as Operation)
      }
    }
    const end = network.subscribe(follow)
    return () => {
      end()
      clearTimeout(timer)
    }
  }
  return { exchange, begin }
}
