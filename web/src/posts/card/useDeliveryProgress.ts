import { useEffect } from 'react'
import { useClient } from 'urql'

import { graphql } from '@/gql'

const Progress = graphql(`
  query Progress($id: ID!) {
    post(id: $id) {
      id
      delivery {
        state
        targets
        delivered
      }
    }
  }
`)

const FIRST_DELAY_MS = 400
const MAX_DELAY_MS = 10_000

/** Polls the delivery of a post at growing intervals while it is in progress and the page is visible. */
export function useDeliveryProgress(id: string, isInFlight: boolean): void {
  const client = useClient()
  useEffect(() => {
    if (!isInFlight) return
    let isStopped = false
    let timer: ReturnType<typeof setTimeout>
    const poll = async (delay: number): Promise<void> => {
      if (document.visibilityState === 'visible') {
        await client.query(Progress, { id }, { requestPolicy: 'network-only' }).toPromise()
      }
      if (!isStopped) schedule(Math.min(delay * 1.5, MAX_DELAY_MS))
    }
    const schedule = (delay: number): void => {
      timer = setTimeout(() => void poll(delay), delay)
    }
    schedule(FIRST_DELAY_MS)
    return () => {
      isStopped = true
      clearTimeout(timer)
    }
  }, [client, id, isInFlight])
}
