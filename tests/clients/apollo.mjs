import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { relayStylePagination } from '@apollo/client/utilities'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

import { sha256, UPDATES } from './world.mjs'

const VIEWER = gql`
  query Viewer {
    viewer {
      id
      alias
    }
  }
`
const FEED = gql`
  query Feed($after: String) {
    feed(first: 5, after: $after) {
      edges {
        cursor
        node {
          id
          text
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

const httpLink = (world) => new HttpLink({ uri: world.url, headers: world.headers, fetch: world.fetch })

/** As Apollo's documentation sets it up: with the members of unions and interfaces, and the feed as one list. */
async function connect(world, link = httpLink(world), options = {}) {
  const { __schema } = await world.introspect('{ __schema { types { name possibleTypes { name } } } }')
  const abstract = __schema.types.filter((type) => type.possibleTypes)
  const possibleTypes = Object.fromEntries(
    abstract.map((type) => [type.name, type.possibleTypes.map(({ name }) => name)]),
  )
  const typePolicies = { Query: { fields: { feed: relayStylePagination() } } }
  return new ApolloClient({ link, cache: new InMemoryCache({ possibleTypes, typePolicies }), ...options })
}

/** The feed, page after page to its end, as the cache then has it. */
export async function pages(world) {
  const client = await connect(world)
  const feed = client.watchQuery({ query: FEED })
  feed.subscribe(() => {})
  let { data } = await client.query({ query: FEED })
  while (data.feed.pageInfo.hasNextPage) {
    await feed.fetchMore({ variables: { after: data.feed.pageInfo.endCursor } })
    data = client.readQuery({ query: FEED })
  }
  return data.feed.edges.map(({ node }) => node.text)
}

/** Follows somebody: what a query shows that was asked before, and what comes of one who does not exist. */
export async function follow(world) {
  const client = await connect(world)
  const USER = gql`
    query User($alias: String!) {
      user(alias: $alias) {
        id
        followedByViewer
        followerCount
      }
    }
  `
  const FOLLOW = gql`
    mutation Follow($id: ID!) {
      follow(input: { userId: $id }) {
        __typename
        ... on Followed {
          user {
            id
            followedByViewer
            followerCount
          }
        }
        ... on Error {
          message
        }
      }
    }
  `
  const query = { query: USER, variables: { alias: world.given.stranger } }
  const { data: before } = await client.query(query)
  const followed = await client.mutate({ mutation: FOLLOW, variables: { id: before.user.id } })
  const { user } = client.readQuery(query)
  const unknown = await client.mutate({ mutation: FOLLOW, variables: { id: world.given.unknownUser } })
  const malformed = await client.mutate({ mutation: FOLLOW, variables: { id: 'x' } }).catch((error) => error)
  return {
    before: [before.user.followedByViewer, before.user.followerCount],
    after: [user.followedByViewer, user.followerCount],
    answer: followed.data.follow.__typename,
    unknown: unknown.data.follow,
    malformed: CombinedGraphQLErrors.is(malformed) && malformed.errors.map((error) => error.extensions.code),
  }
}

/** Deletes a post and evicts it by the id in the answer. */
export async function remove(world) {
  const client = await connect(world)
  const STORY = gql`
    query Story {
      viewer {
        id
        story(first: 10) {
          edges {
            node {
              id
              text
            }
          }
        }
      }
    }
  `
  const DELETE = gql`
    mutation Delete($id: ID!) {
      deletePost(input: { id: $id }) {
        ... on PostDeleted {
          deletedPostId
        }
      }
    }
  `
  const { data } = await client.query({ query: STORY })
  const [{ node }] = data.viewer.story.edges
  const { data: deleted } = await client.mutate({ mutation: DELETE, variables: { id: node.id } })
  client.cache.evict({ id: client.cache.identify({ __typename: 'Post', id: deleted.deletePost.deletedPostId }) })
  const ids = Object.keys(client.cache.extract()).filter((key) => key.startsWith('Post'))
  return { deleted: node.text, kept: ids.length, before: data.viewer.story.edges.length }
}

const updates = (client) => (next) =>
  client.subscribe({ query: gql(UPDATES) }).subscribe(({ data }) => next(data.feedUpdates.text))

export async function websocket(world) {
  const socket = createClient({ url: world.wsUrl, webSocketImpl: WebSocket, connectionParams: world.headers })
  const client = await connect(world, new GraphQLWsLink(socket))
  return world.threePosts(updates(client), () => client.query({ query: VIEWER })) // answered after what was sent first
}

export async function multipart(world) {
  const client = await connect(world)
  const texts = await world.threePosts(updates(client))
  return { texts, type: await world.streaming }
}

/** Asks two documents three times each with automatic persisted queries: of each request, what it carried. */
export async function persisted(world) {
  const persisting = new PersistedQueryLink({ sha256: (text) => sha256(text) })
  const client = await connect(world, ApolloLink.from([persisting, httpLink(world)]))
  const answers = []
  for (const query of [VIEWER, FEED, VIEWER, FEED, VIEWER, FEED]) {
    const { data } = await client.query({ query, fetchPolicy: 'network-only' })
    answers.push(Object.keys(data)[0])
  }
  const requests = world.requests.map(({ body }) => {
    const { query, extensions } = JSON.parse(body)
    return { hasText: query !== undefined, hasHash: extensions?.persistedQuery !== undefined }
  })
  return { answers, requests }
}

/** Names itself to the server. */
export async function awareness(world) {
  const client = await connect(world, undefined, { clientAwareness: { name: 'reader', version: '1.2.3' } })
  const { data } = await client.query({ query: VIEWER })
  const names = ['apollographql-client-name', 'apollographql-client-version']
  return { viewer: data.viewer.alias, sent: names.map((name) => new Headers(world.requests[0].headers).get(name)) }
}
