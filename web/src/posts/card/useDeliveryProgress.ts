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

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 10_000

/** Asks for a post's delivery as long as it goes on and somebody looks, less and less often; the cache tells the rest. */
export function useProgress(id: string, isInFlight: boolean): void {
  const client = useClient()
  useEffect(() => {
    if (!isInFlight) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout>
    const ask = async (pause: number): Promise<void> => {
      if (document.visibilityState === 'visible') {
        await client.query(Progress, { id }, { requestPolicy: 'network-only' }).toPromise()
      }
      if (!isOver) again(Math.min(pause * 1.5, LONGEST_PAUSE_MS))
    }
    const again = (pause: number): void => {
      timer = setTimeout(() => void ask(pause), pause)
    }
    again(FIRST_PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [client, id, isInFlight])
}
