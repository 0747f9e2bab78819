// Apollo Server, as its documentation sets it up; in production it answers no introspection.

import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { contextOf, resolvers, typeDefs } from './schema.js'

await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
  context: ({ req }) => contextOf(req.headers.authorization),
})
