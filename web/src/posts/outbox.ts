import { sessionStore } from '@/session/sessionStore'

export interface Sending {
  key: number
  text: string
}

interface Outbox {
  /** Not answered yet, the latest first. */
  sending: readonly Sending[]
  /** Ids of posts that were made on this page, the latest first. */
  sent: readonly string[]
}

export const outbox = sessionStore<Outbox>({ sending: [], sent: [] })

let last = 0

export function putOut(text: string): Sending {
  const sending = { key: ++last, text }
  const { sending: others, ...rest } = outbox.get()
  outbox.set({ ...rest, sending: [sending, ...others] })
  return sending
}

/** The server has answered: by the id of the post, or by a refusal. To an earlier session it is nothing any more. */
export function settle({ key }: Sending, id: string | null): void {
  const { sending, sent } = outbox.get()
  if (!sending.some((one) => one.key === key)) return
  outbox.set({ sending: sending.filter((one) => one.key !== key), sent: id ? [id, ...sent] : sent })
}
