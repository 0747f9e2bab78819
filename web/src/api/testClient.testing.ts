import { Client, type Exchange, fetchExchange } from '@urql/core'

import { createCache } from '@/api/cache/cache'

type Variables = Record<string, unknown>
type Answer = (variables: Variables) => unknown

export interface SentOperation {
  name: string
  variables: Variables
}

export interface TestClient {
  client: Client
  /** The operations that were sent, with their variables. */
  sent: SentOperation[]
}

/** Creates a urql client with the client's cache. `answers` maps names of operations to functions that return the data. */
export function createTestClient(answers: Record<string, Answer>, ...exchanges: Exchange[]): TestClient {
  const asked: SentOperation[] = []
  const answer = async (body: string): Promise<Response> => {
    const { operationName: name, variables = {} } = JSON.parse(body) as { operationName: string; variables?: Variables }
    asked.push({ name, variables })
    const data: unknown = await answers[name]?.(variables)
    return new Response(JSON.stringify(data === undefined ? { errors: [{ message: 'no answer' }] } : { data }), {
      headers: { 'content-type': 'application/json' },
    })
  }
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    fetch: (_, options) => answer(options?.body as string),
    exchanges: [createCache(), ...exchanges, fetchExchange],
  })
  return { client, sent: asked }
}
