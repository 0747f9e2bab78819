import { type Exchange, mapExchange, type Operation } from '@urql/core'

/**
 * Sends the queries that the cache has kept back because of a mutation, when its result is there.
 *
 * While an optimistic result is shown, graphcache keeps back queries that lack data of the same objects. Afterwards it
 * executes them again, but the client drops that, since such a query was dispatched and has no result. Without this
 * exchange it would load until its page is left. The client drops a second execution of queries that are on their way.
 *
 * Read in: Client.reexecuteOperation of @urql/core 6.0.3, cacheExchange of @urql/exchange-graphcache 9.0.2.
 */
export function withoutBlocks(cache: Exchange): Exchange {
  return (input) => {
    const unanswered = new Map<number, Operation>()
    const outer = mapExchange({
      onOperation(operation) {
        if (operation.kind === 'query') unanswered.set(operation.key, operation)
        else if (operation.kind === 'teardown') unanswered.delete(operation.key)
      },
      onResult({ operation: { kind, key } }) {
        unanswered.delete(key)
        if (kind !== 'mutation') return
        for (const { context, ...query } of unanswered.values())
          input.client.reexecuteOperation({ ...query, context: { ...context, requestPolicy: 'network-only' } })
      },
    })
    return outer({ ...input, forward: cache(input) })
  }
}
