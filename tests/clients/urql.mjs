import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { persistedExchange } from '@urql/exchange-persisted'
import { getIntrospectionQuery } from 'graphql'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

import { UPDATES } from './world.mjs'

const VIEWER = 'query Viewer { viewer { id alias } }'
const FEED = `query Feed($after: String) { feed(first: 5, after: $after) {
  edges { cursor node { id text } } pageInfo { hasNextPage endCursor } } }`

const connect = (world, exchanges, options = {}) =>
  new Client({
    url: world.url,
    fetch: world.fetch,
    fetchOptions: { headers: world.headers },
    preferGetMethod: false,
    exchanges,
    ...options,
  })

const failing = ({ data, error }) => {
  if (error) throw error
  return data
}

const updates = (client) => (next) =>
  client.subscription(UPDATES, {}).subscribe((result) => next(failing(result).feedUpdates.text))

/** Server-sent events, by which urql subscribes unless it is given another transport. */
export async function sse(world) {
  const client = connect(world, [fetchExchange], { fetchSubscriptions: true })
  const texts = await world.threePosts(updates(client))
  return { texts, type: await world.streaming }
}

export async function websocket(world) {
  const socket = createClient({ url: world.wsUrl, webSocketImpl: WebSocket, connectionParams: world.headers })
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: query ?? '', variables }, sink) }),
  })
  const client = connect(world, [fetchExchange, subscriptionExchange({ forwardSubscription })])
  const answered = () =>
    new Promise((resolve) => socket.subscribe({ query: VIEWER }, { next: resolve, error: resolve, complete() {} }))
  return world.threePosts(updates(client), answered) // after what was sent first
}

/** Asks two documents twice each with automatic persisted queries: of each request, what it carried. */
export async function persisted(world) {
  const client = connect(world, [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange])
  const answers = []
  for (const query of [VIEWER, FEED, VIEWER, FEED]) {
    answers.push(Object.keys(failing(await client.query(query, {}, { requestPolicy: 'network-only' })))[0])
  }
  const requests = world.requests.map(({ body }) => {
    const { query, extensions } = JSON.parse(body)
    return { hasText: query !== undefined, hasHash: extensions?.persistedQuery !== undefined }
  })
  return { answers, requests }
}

/** A cache that knows the schema: the feed to its end, a follow, and a post deleted out of it. */
export async function graphcache(world) {
  const schema = await world.introspect(getIntrospectionQuery())
  const keys = Object.fromEntries(['PostConnection', 'PostEdge', 'PageInfo'].map((name) => [name, () => null]))
  const updates = {
    Mutation: {
      deletePost: ({ deletePost }, _, cache) => cache.invalidate({ __typename: 'Post', id: deletePost.deletedPostId }),
    },
  }
  const cache = cacheExchange({ schema, keys, updates, resolvers: { Query: { feed: relayPagination() } } })
  const client = connect(world, [cache, fetchExchange])

  let feed
  let after = null
  do {
    feed = failing(await client.query(FEED, { after })).feed
    after = feed.pageInfo.endCursor
  } while (feed.pageInfo.hasNextPage)

  const user = 'query ($alias: String!) { user(alias: $alias) { id followedByViewer } }'
  const before = failing(await client.query(user, { alias: world.given.stranger })).user
  const follow = `mutation ($id: ID!) { follow(input: { userId: $id }) {
    ... on Followed { user { id followedByViewer } } ... on UserNotFound { message } } }`
  failing(await client.mutation(follow, { id: before.id }))
  const cacheOnly = { requestPolicy: 'cache-only' }
  const again = failing(await client.query(user, { alias: world.given.stranger }, cacheOnly)).user

  const remove = 'mutation ($id: ID!) { deletePost(input: { id: $id }) { ... on PostDeleted { deletedPostId } } }'
  const post = 'query ($id: ID!) { post(id: $id) { id text } }'
  const id = world.given.ownPost
  const text = failing(await client.query(post, { id })).post.text
  failing(await client.mutation(remove, { id }))
  const gone = (await client.query(post, { id }, cacheOnly)).data

  return {
    feed: feed.edges.map(({ node }) => node.text),
    followed: [before.followedByViewer, again.followedByViewer],
    deleted: [text, gone],
  }
}
