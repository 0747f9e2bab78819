import { createSessionStore } from '@/session/createSessionStore'

interface PendingFollow {
  isWanted: boolean
  /** Distinguishes the requests of different sessions. */
  request: symbol
}

/** The follow states that the viewer has requested and the server has not confirmed, by account. */
export const pendingFollows = createSessionStore<ReadonlyMap<string, PendingFollow>>(new Map())

/**
 * Follows or unfollows an account. Only one request per account is active at a time. If the viewer changes their mind
 * meanwhile, the last choice is sent after the response, if it differs. `send` returns true on success.
 */
export async function requestFollow(
  id: string,
  isWanted: boolean,
  send: (isWanted: boolean) => Promise<boolean>,
): Promise<void> {
  const pending = pendingFollows.get().get(id)
  const request = pending?.request ?? Symbol(id)
  pendingFollows.set(new Map(pendingFollows.get()).set(id, { isWanted, request }))
  if (pending) return
  const wanted = (): boolean | undefined => {
    const latest = pendingFollows.get().get(id)
    return latest?.request === request ? latest.isWanted : undefined
  }
  let done: boolean | undefined
  try {
    for (let next = wanted(); next !== undefined && next !== done; next = wanted()) {
      if (!(await send(next))) break
      done = next
    }
  } finally {
    if (wanted() !== undefined) pendingFollows.set(new Map([...pendingFollows.get()].filter(([other]) => other !== id)))
  }
}
