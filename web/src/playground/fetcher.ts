import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'

import { authorization, getToken, setToken } from './token'

const socket = new URL('/graphql', location.href)
socket.protocol = socket.protocol.replace('http', 'ws')

// Over the socket, what would be headers is sent with `connection_init`.
const send = createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: socket.href, enableIncrementalDelivery: false })

/** With the token of the bar, unless the headers editor has an authorization of its own. */
export const fetcher: Fetcher = async (operation, options) => {
  const own = Object.keys(options?.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')
  const headers = { ...(own ? {} : authorization(getToken())), ...options?.headers }
  const result = await send(operation, { ...options, headers })
  keepToken(result)
  return result
}

/** Who signs in or registers goes on with the session that they are given. */
function keepToken(result: unknown): void {
  const { data } = result as { data?: Record<string, { token?: unknown } | null> | null }
  for (const outcome of Object.values(data ?? {})) {
    if (typeof outcome?.token === 'string') setToken(outcome.token)
  }
}
