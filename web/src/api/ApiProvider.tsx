import { type JSX, type ReactNode, useEffect, useMemo } from 'react'
import { Provider } from 'urql'

import { useSession } from '@/session/session'

import { makeApi } from './client'

/** A new session starts with an empty cache, and everything below with empty hands. */
export function Api({ children }: { children: ReactNode }): JSX.Element {
  const token = useSession()?.token ?? null
  const { client, recover } = useMemo(() => makeApi(token), [token])
  useEffect(() => recover(), [recover])
  return (
    <Provider value={client} key={token}>
      {children}
    </Provider>
  )
}
