import { createClient } from 'graphql-sse'

import { UPDATES } from './world.mjs'

/** The reference client of GraphQL over SSE, with a connection for each operation. */
export async function updates(world) {
  const client = createClient({ url: world.url, headers: world.headers, fetchFn: world.fetch, retryAttempts: 0 })
  return world.threePosts((next) =>
    client.subscribe(
      { query: UPDATES },
      { next: ({ data }) => next(data.feedUpdates.text), error() {}, complete() {} },
    ),
  )
}

/** An operation with one answer. */
export async function query(world) {
  const client = createClient({ url: world.url, headers: world.headers, retryAttempts: 0 })
  const answers = []
  for await (const { data } of client.iterate({ query: '{ viewer { alias } }' })) answers.push(data.viewer.alias)
  return answers
}
