import { useEffect, useState } from 'react'

import { ask } from './ask'
import { useToken } from './token'

/** Returns the alias of the token's account: undefined while it is loading, null for an invalid token. */
export function useViewer(): string | null | undefined {
  const token = useToken()
  const [known, setKnown] = useState<{ token: string; alias: string | null }>()
  useEffect(() => {
    let isCurrent = true
    if (token) {
      ask<{ viewer: { alias: string } | null }>('{ viewer { alias } }', token).then(
        ({ viewer }) => isCurrent && setKnown({ token, alias: viewer?.alias ?? null }),
        () => {}, // the server is unreachable: the next operation shows the error
      )
    }
    return () => {
      isCurrent = false
    }
  }, [token])
  return known?.token === token ? known.alias : undefined
}
