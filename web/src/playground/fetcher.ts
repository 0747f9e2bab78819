import { createGraphiQLFetcher } from '@graphiql/toolkit'

// Subscriptions: give it `subscriptionUrl`, too, and add graphql-ws to the dependencies.
export const fetcher = createGraphiQLFetcher({ url: '/graphql' })
