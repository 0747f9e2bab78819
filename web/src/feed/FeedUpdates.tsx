import { useEffect } from 'react'
import { useClient } from 'urql'

import { listen } from './feedSubscription'

/** Hears of new posts as long as it is there. */
export function Arriving(): null {
  const client = useClient()
  useEffect(() => listen(client), [client])
  return null
}
