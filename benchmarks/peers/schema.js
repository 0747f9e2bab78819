// Tweeter's schema, as far as a page of the feed goes, and resolvers for each of the two ways to read one.

import { GraphQLError, GraphQLScalarType } from 'graphql'
import { feedAtOnce, feedInSteps, feedWithSession, userLoader, viewerOf } from './feed.js'
import { decode, encode, imageUrl, instantOf } from './names.js'

export const typeDefs = /* GraphQL */ `
  scalar DateTime

  type Query {
    feed(first: Int = 20, after: String): PostConnection!
  }

  type PostConnection {
    edges: [PostEdge!]!
    pageInfo: PageInfo!
  }

  type PostEdge {
    cursor: String!
    node: Post!
  }

  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }

  type Post {
    id: ID!
    text: String!
    createdAt: DateTime!
    author: User!
  }

  type User {
    id: ID!
    alias: String!
    firstName: String!
    lastName: String!
    imageUrl: String
  }
`

export async function contextOf(authorization) {
  if (process.env.READ === 'session too') return { authorization }
  return { viewer: await viewerOf(authorization), users: userLoader() }
}

const DateTime = new GraphQLScalarType({ name: 'DateTime', serialize: (instant) => instant.toISOString() })

const inSteps = {
  DateTime,
  Query: {
    feed: async (_, { first, after }, { viewer }) => {
      const { items, hasNext } = await feedInSteps(known(viewer), first, after ? decode('P', after) : undefined)
      return connectionOf(items, hasNext)
    },
  },
  Post: {
    id: (post) => encode('p', post._id),
    createdAt: (post) => instantOf(post._id),
    author: (post, _, { users }) => users.load(post.author),
  },
  User: {
    id: (user) => encode('u', user._id),
    firstName: (user) => user.first_name,
    lastName: (user) => user.last_name,
    imageUrl,
  },
}

// Everything is there when the page is: the fields are plain attributes.
const atOnce = {
  DateTime,
  Query: {
    feed: async (_, { first }, { viewer }) => shownPage(await feedAtOnce(known(viewer), first)),
  },
}

const withSession = {
  DateTime,
  Query: {
    feed: async (_, { first }, { authorization }) => shownPage(known(await feedWithSession(authorization, first))),
  },
}

export const resolvers = { steps: inSteps, 'at once': atOnce, 'session too': withSession }[process.env.READ]

function shownPage({ items, hasNext, authors }) {
  const shown = new Map([...authors].map(([id, user]) => [id, shownUser(user)]))
  return connectionOf(items, hasNext, (post) => shownPost(post, shown.get(post.author)))
}

function known(found) {
  if (found === null) throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })
  return found
}

function connectionOf(items, hasNext, nodeOf = (post) => post) {
  const edges = items.map((post) => ({ cursor: encode('P', post._id), node: nodeOf(post) }))
  return { edges, pageInfo: { hasNextPage: hasNext, endCursor: edges.at(-1)?.cursor } }
}

const shownPost = (post, author) => ({
  id: encode('p', post._id),
  text: post.text,
  createdAt: instantOf(post._id),
  author,
})

const shownUser = (user) => ({
  id: encode('u', user._id),
  alias: user.alias,
  firstName: user.first_name,
  lastName: user.last_name,
  imageUrl: imageUrl(user),
})
