import type { Locks } from '@/lib/storage/locks'
import type { RecordStore } from '@/lib/storage/recordStore'

import {
  type About,
  applyOutcome,
  delayLeft,
  type Entry,
  type KeptPicture,
  expireKey,
  isDue,
  isOld,
  newEntry,
  type Outcome,
  type PreviousTry,
  startTry,
  withNewKey,
} from './entry'

interface OutboxOptions {
  records: RecordStore<Entry>
  locks: Locks
  /** Unique to the account. */
  lockName: string
  post: (entry: Entry) => Promise<Outcome>
  /** Called with all entries, newest first, when any tab has changed one. */
  onEntries: (entries: readonly Entry[]) => void
  onPosted: (id: string) => void
  /** Called with the outcome of an entry that this tab has sent, if the author does not know it yet. */
  onOutcome: (entry: Entry, outcome: Outcome) => void
}

export interface Outbox {
  /** Stores a post before it returns, then sends it. */
  put: (text: string, tried: PreviousTry | null, about?: About | null, media?: readonly KeptPicture[]) => void
  /** Sends an entry now, in any state. A `taken` or `orphaned` one is sent as a new post. */
  retry: (entry: Entry) => Promise<void>
  /** Calls `keep`, then removes the entry. Returns false if the entry is being sent or was removed. */
  take: (key: string, keep: (entry: Entry) => void) => Promise<boolean>
  /** Restores an entry that was taken. */
  putBack: (entry: Entry) => void
  /** Sends all waiting entries, except those whose delay the server requested. For when the network is back. */
  resume: () => Promise<void>
  stop: () => void
}

/**
 * Sends the entries of one account until it is stopped. Each tab runs one outbox. A tab sends an entry under a lock and
 * reads it again first, so that only one tab sends it. If that tab is closed, a waiting tab takes over.
 */
export function startOutbox({ records, locks, lockName, post, onEntries, onPosted, onOutcome }: OutboxOptions): Outbox {
  /** Keys of entries that this tab is sending or waiting to send. */
  const pending = new Set<string>()
  let isStopped = false
  let isSendingDueEntries = false
  /** True if delays are over, because the network is back or the page was just loaded. */
  let isBack = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const changed = (): void => {
    if (isStopped) return
    const entries = records.all().sort((one, other) => other.writtenAt - one.writtenAt)
    onEntries(entries)
    clearTimeout(timer)
    const waiting = entries.filter(({ key, state }) => state === 'waiting' && !pending.has(key))
    const delays = waiting.map((entry) => delayLeft(entry, Date.now()))
    if (delays.length > 0) timer = setTimeout(() => void sendDueEntries(), Math.min(...delays))
  }

  const takeIsBack = (): boolean => {
    const wasBack = isBack
    isBack = false
    return wasBack
  }

  /** Sends all due entries in sequence, so that posts are published in the order in which they were written. */
  const sendDueEntries = async (): Promise<void> => {
    if (isSendingDueEntries) return
    isSendingDueEntries = true
    try {
      for (let ignoresDelays = takeIsBack(); ;) {
        for (const entry of records.all().sort((one, other) => one.writtenAt - other.writtenAt)) {
          if (!isStopped && isDue(entry, Date.now(), ignoresDelays)) await send(entry)
        }
        ignoresDelays = takeIsBack()
        if (!ignoresDelays) break
      }
    } finally {
      isSendingDueEntries = false
    }
    changed()
  }

  const send = async ({ key, tries }: Entry, isManual = false): Promise<void> => {
    if (pending.has(key)) return
    pending.add(key)
    try {
      await locks.hold(`${lockName}.${key}`, async () => {
        const entry = records.read(key)
        if (isStopped || !entry || entry.tries !== tries) return // another tab has sent or removed it meanwhile
        if (!isManual && entry.state !== 'waiting') return
        if (!isManual && isOld(entry, Date.now())) return save(expireKey(entry))
        const sent = startTry(entry)
        save(sent)
        finish(sent, await post(sent), isManual || entry.reason === null)
      })
    } finally {
      pending.delete(key)
    }
    changed()
  }

  const finish = (sent: Entry, outcome: Outcome, isNew: boolean): void => {
    const kept = applyOutcome(sent, outcome, Date.now())
    if (kept) records.write(kept.key, kept)
    if (kept?.key !== sent.key) records.remove(sent.key)
    changed()
    if (isStopped) return
    if (outcome.kind === 'posted') onPosted(outcome.id)
    if (kept && kept.key !== sent.key) return // `changed` sends the entry with its new key at once
    if (isNew || !kept) onOutcome(kept ?? sent, outcome)
  }

  const put = (entry: Entry): void => {
    records.write(entry.key, entry)
    void send(entry, true)
    changed()
  }

  const take: Outbox['take'] = async (key, keep) => {
    const taken = await locks.holdIfFree(`${lockName}.${key}`, () => {
      const entry = records.read(key)
      if (!entry) return false
      keep(entry)
      records.remove(key)
      return true
    })
    changed()
    return taken === true
  }

  const save = (entry: Entry): void => {
    records.write(entry.key, entry)
    changed()
  }

  const stopListening = records.onChangeInOtherTab(changed)
  changed()
  void sendDueEntries()
  return {
    put: (text, tried, about, media) => put(newEntry(text, tried, Date.now(), about, media)),
    async retry(entry) {
      if (entry.state !== 'taken' && entry.state !== 'orphaned') return send(entry, true)
      await take(entry.key, (taken) => put(withNewKey(taken, Date.now())))
    },
    take,
    putBack: save,
    resume() {
      isBack = true
      return sendDueEntries()
    },
    stop() {
      isStopped = true
      stopListening()
      clearTimeout(timer)
      onEntries([])
    },
  }
}
