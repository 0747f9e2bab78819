import { Client, type Exchange, fetchExchange } from '@urql/core'

import { makeCache } from '@/api/cache/cache'

type Variables = Record<string, unknown>
type Answer = (variables: Variables) => unknown

export interface Asked {
  name: string
  variables: Variables
}

export interface Answering {
  client: Client
  /** The operations that were sent, as their names and variables. */
  asked: Asked[]
}

/** For tests: urql's client with this cache, for which functions answer, each the operations of one name. */
export function makeAnswering(answers: Record<string, Answer>, ...exchanges: Exchange[]): Answering {
  const asked: Asked[] = []
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
    exchanges: [makeCache(), ...exchanges, fetchExchange],
  })
  return { client, asked }
}
