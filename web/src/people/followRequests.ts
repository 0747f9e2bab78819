import { sessionStore } from '@/session/createSessionStore'

interface Wish {
  isWanted: boolean
  /** Tells the wishes of one session from those of another. */
  flight: symbol
}

/** By account, whether the viewer wants to follow it, as long as the server has not answered. */
export const wishes = sessionStore<ReadonlyMap<string, Wish>>(new Map())

/**
 * Has an account followed, or not followed. One request for an account is under way at a time. Of what is wished
 * meanwhile only the last counts: it is sent after the answer, if it is something else. `send` says whether it was done.
 */
export async function wish(
  id: string,
  isWanted: boolean,
  send: (isWanted: boolean) => Promise<boolean>,
): Promise<void> {
  const present = wishes.get().get(id)
  const flight = present?.flight ?? Symbol(id)
  wishes.set(new Map(wishes.get()).set(id, { isWanted, flight }))
  if (present) return
  const wanted = (): boolean | undefined => {
    const now = wishes.get().get(id)
    return now?.flight === flight ? now.isWanted : undefined
  }
  let done: boolean | undefined
  try {
    for (let next = wanted(); next !== undefined && next !== done; next = wanted()) {
      if (!(await send(next))) break
      done = next
    }
  } finally {
    if (wanted() !== undefined) wishes.set(new Map([...wishes.get()].filter(([other]) => other !== id)))
  }
}
