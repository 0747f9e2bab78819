import { useEffect, useState } from 'react'

import { ask } from './ask'
import { useToken } from './token'

/** Whose session the token opens: undefined until it is known, null for nobody's. */
export function useViewer(): string | null | undefined {
  const token = useToken()
  const [known, setKnown] = useState<{ token: string; alias: string | null }>()
  useEffect(() => {
    let isCurrent = true
    if (token) {
      ask<{ viewer: { alias: string } | null }>('{ viewer { alias } }', token).then(
        ({ viewer }) => isCurrent && setKnown({ token, alias: viewer?.alias ?? null }),
        () => {}, // the server is away: the next operation says so
      )
    }
    return () => {
      isCurrent = false
    }
  }, [token])
  return known?.token === token ? known.alias : undefined
}
