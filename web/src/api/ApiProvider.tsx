import { type JSX, type ReactNode, useEffect, useMemo } from 'react'
import { Provider } from 'urql'

import { useSession } from '@/session/session'

import { createApiClient } from './client'

/** Gives each session a client with an empty cache. All components below are mounted again. */
export function ApiProvider({ children }: { children: ReactNode }): JSX.Element {
  const token = useSession()?.token ?? null
  const { client, startRecovery } = useMemo(() => createApiClient(token), [token])
  useEffect(() => startRecovery(), [startRecovery])
  return (
    <Provider value={client} key={token}>
      {children}
    </Provider>
  )
}
