import { type Client, useClient } from 'urql'

import type { Wishes } from '@/api/wishes'
import { useStore } from '@/lib/store'
import { toast } from '@/ui/overlays/toastStore'

/** Something that the viewer does with posts and can take back. */
export interface Toggle {
  wishes: Wishes<boolean>
  /** Sends a mutation. Returns what to tell the user if it failed. */
  send: (client: Client, postId: string, isWanted: boolean) => Promise<string | undefined>
  /** Returns the message of a failure. */
  describe: (isWanted: boolean, failure: string) => string
}

/** What the cache knows. */
interface Known {
  id: string
  isOn: boolean
  /** How many accounts do it; 0 if it is not counted. */
  count?: number
}

interface Toggled {
  isOn: boolean
  count: number
  set: (isWanted: boolean) => void
}

/** Returns the state of a post as the viewer wants it, and a function that changes it. It is shown before the server responds. */
export function useToggle({ wishes, send, describe }: Toggle, { id, isOn, count = 0 }: Known): Toggled {
  const wanted = useStore(wishes.pending).get(id)?.wanted ?? isOn
  const client = useClient()
  const request = async (isWanted: boolean): Promise<boolean> => {
    const failure = await send(client, id, isWanted)
    if (failure) toast(describe(isWanted, failure), { isProblem: true })
    return !failure
  }
  return {
    isOn: wanted,
    count: countWith(count, isOn, wanted),
    set: (isWanted) => void wishes.request(id, isWanted, request),
  }
}

/** Returns a count with the viewer's wish, which differs from the known state while an earlier wish is being sent. */
export function countWith(count: number, isOn: boolean, wanted: boolean): number {
  return Math.max(0, count + Number(wanted) - Number(isOn))
}
