// GraphQL Yoga, as its documentation sets it up for production.

import { createServer } from 'node:http'
import { NoSchemaIntrospectionCustomRule } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { contextOf, resolvers, typeDefs } from './schema.js'

const noIntrospection = { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) }

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: ({ request }) => contextOf(request.headers.get('authorization')),
  plugins: [noIntrospection],
  graphiql: false,
  landingPage: false,
})

createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1')
