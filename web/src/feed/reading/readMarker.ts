/** A row of the feed that was seen. */
export interface SeenRow {
  cursor: string
  createdAt: string
}

interface ReadMarker {
  seen: (row: SeenRow) => void
  /** Sends what was seen at once, if it was not sent. */
  flush: () => void
  stop: () => void
}

const EVERY_MS = 10_000

/**
 * Tells the server how far the feed was read, forward only, and at most once in EVERY_MS except for `flush`. `send` returns
 * true on success. After a failure, the next row that is seen is sent again.
 */
export function createReadMarker(send: (cursor: string) => Promise<boolean>): ReadMarker {
  let newest: SeenRow | null = null
  let sent: SeenRow | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let sentAt = -EVERY_MS

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (!newest || newest === sent) return
    const row = newest
    const before = sent
    sent = row
    sentAt = Date.now()
    void send(row.cursor).then((isSent) => {
      if (!isSent && sent === row) sent = before
    })
  }
  return {
    seen(row) {
      if (newest && row.createdAt < newest.createdAt) return
      if (row.cursor !== newest?.cursor) newest = row
      if (newest !== sent) timer ??= setTimeout(flush, Math.max(0, sentAt + EVERY_MS - Date.now()))
    },
    flush,
    stop: () => clearTimeout(timer),
  }
}
