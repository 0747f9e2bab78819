import type { Locks } from '@/lib/storage/locks'
import type { Shelf } from '@/lib/storage/recordStore'

import {
  aged,
  answered,
  begun,
  type Entry,
  isDue,
  isOld,
  newEntry,
  type Outcome,
  pauseLeft,
  rekeyed,
  type Tried,
} from './entry'

interface Tools {
  shelf: Shelf<Entry>
  locks: Locks
  /** Unique to the account. */
  lockName: string
  post: (entry: Entry) => Promise<Outcome>
  /** The entries, the latest first, whenever they have changed in any tab. */
  onEntries: (entries: readonly Entry[]) => void
  onPosted: (id: string) => void
  /** What came of an entry that this tab has sent, where its author does not know it yet. */
  onNews: (entry: Entry, outcome: Outcome) => void
}

export interface Outbox {
  /** Keeps a post, then sends it. It is kept when this returns. */
  put: (text: string, tried: Tried | null) => void
  /** Sends an entry now, whatever its state. */
  retry: (entry: Entry) => Promise<void>
  /** Takes an entry out once `keep` has kept what is wanted of it. Returns false if it is being sent or gone. */
  take: (key: string, keep: (entry: Entry) => void) => Promise<boolean>
  /** Puts an entry back as it was taken. */
  putBack: (entry: Entry) => void
  /** Sends what waits, except where the server has asked for a pause: the network is back. */
  resume: () => Promise<void>
  stop: () => void
}

/**
 * Sends the entries of one account until it is stopped. Every tab has one. A tab sends an entry under a lock, and reads
 * it again once it has the lock: of two tabs that want to send it, one does. A tab that waits for the lock takes over
 * when the other one is closed.
 */
export function startOutbox({ shelf, locks, lockName, post, onEntries, onPosted, onNews }: Tools): Outbox {
  /** Keys of entries that this tab sends, or waits to send. */
  const pending = new Set<string>()
  let isStopped = false
  let isSweeping = false
  /** Pauses are over: the network is back, or the page is. */
  let isBack = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const changed = (): void => {
    if (isStopped) return
    const entries = shelf.all().sort((one, other) => other.writtenAt - one.writtenAt)
    onEntries(entries)
    clearTimeout(timer)
    const waiting = entries.filter(({ key, state }) => state === 'waiting' && !pending.has(key))
    const pauses = waiting.map((entry) => pauseLeft(entry, Date.now()))
    if (pauses.length > 0) timer = setTimeout(() => void sweep(), Math.min(...pauses))
  }

  const takeIsBack = (): boolean => {
    const wasBack = isBack
    isBack = false
    return wasBack
  }

  /** One after the other, so that posts come out in the order in which they were written. */
  const sweep = async (): Promise<void> => {
    if (isSweeping) return
    isSweeping = true
    try {
      for (let ignoresPauses = takeIsBack(); ;) {
        for (const entry of shelf.all().sort((one, other) => one.writtenAt - other.writtenAt)) {
          if (!isStopped && isDue(entry, Date.now(), ignoresPauses)) await send(entry)
        }
        ignoresPauses = takeIsBack()
        if (!ignoresPauses) break
      }
    } finally {
      isSweeping = false
    }
    changed()
  }

  const send = async ({ key, tries }: Entry, isWanted = false): Promise<void> => {
    if (pending.has(key)) return
    pending.add(key)
    try {
      await locks.hold(`${lockName}.${key}`, async () => {
        const entry = shelf.read(key)
        if (isStopped || !entry || entry.tries !== tries) return // another tab has sent it meanwhile, or taken it out
        if (!isWanted && entry.state !== 'waiting') return
        if (!isWanted && isOld(entry, Date.now())) return save(aged(entry))
        const sent = begun(entry)
        save(sent)
        settle(sent, await post(sent), isWanted || entry.reason === null)
      })
    } finally {
      pending.delete(key)
    }
    changed()
  }

  const settle = (sent: Entry, outcome: Outcome, isNews: boolean): void => {
    const kept = answered(sent, outcome, Date.now())
    if (kept) shelf.write(kept.key, kept)
    if (kept?.key !== sent.key) shelf.remove(sent.key)
    changed()
    if (isStopped) return
    if (outcome.kind === 'posted') onPosted(outcome.id)
    if (kept && kept.key !== sent.key) return // it is sent with its new key at once, as `changed` finds it due
    if (isNews || !kept) onNews(kept ?? sent, outcome)
  }

  const put = (entry: Entry): void => {
    shelf.write(entry.key, entry)
    void send(entry, true)
    changed()
  }

  const take: Outbox['take'] = async (key, keep) => {
    const taken = await locks.holdIfFree(`${lockName}.${key}`, () => {
      const entry = shelf.read(key)
      if (!entry) return false
      keep(entry)
      shelf.remove(key)
      return true
    })
    changed()
    return taken === true
  }

  const save = (entry: Entry): void => {
    shelf.write(entry.key, entry)
    changed()
  }

  const forget = shelf.onOtherTab(changed)
  changed()
  void sweep()
  return {
    put: (text, tried) => put(newEntry(text, tried, Date.now())),
    async retry(entry) {
      if (entry.state !== 'taken') return send(entry, true)
      await take(entry.key, (taken) => put(rekeyed(taken, Date.now())))
    },
    take,
    putBack: save,
    resume() {
      isBack = true
      return sweep()
    },
    stop() {
      isStopped = true
      forget()
      clearTimeout(timer)
      onEntries([])
    },
  }
}
