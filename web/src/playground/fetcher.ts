import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'

import { authorization, getToken, setToken } from './token'

const socket = new URL('/graphql', location.href)
socket.protocol = socket.protocol.replace('http', 'ws')

// The WebSocket client sends the headers in `connection_init`.
const send = createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: socket.href, enableIncrementalDelivery: false })

/** Sends the token of the bar, unless the headers editor has its own authorization. */
export const fetcher: Fetcher = async (operation, options) => {
  const own = Object.keys(options?.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')
  const headers = { ...(own ? {} : authorization(getToken())), ...options?.headers }
  const result = await send(operation, { ...options, headers })
  keepToken(result)
  return result
}

/** Stores the token of a successful sign-in or registration. */
function keepToken(result: unknown): void {
  const { data } = result as { data?: Record<string, { token?: unknown } | null> | null }
  for (const outcome of Object.values(data ?? {})) {
    if (typeof outcome?.token === 'string') setToken(outcome.token)
  }
}
