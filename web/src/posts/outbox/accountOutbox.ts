import type { Client } from '@urql/core'

import { readStored, writeStored } from '@/lib/storage/browserStorage'
import { locks } from '@/lib/storage/locks'
import { browserStorage, createRecordStore } from '@/lib/storage/recordStore'
import { createStore } from '@/lib/store'
import { createSessionStore } from '@/session/createSessionStore'

import { createPost } from './createPost'
import { type Entry, expireKey, newEntry, type Outcome, parseEntry } from './entry'
import { type Outbox, startOutbox } from './outbox'

/** The unsent posts of the signed-in account, newest first. */
export const unsentEntries = createStore<readonly Entry[]>([])
/** Ids of posts that any tab has sent since this page was loaded, newest first. */
export const sentPostIds = createSessionStore<readonly string[]>([])
/** The outbox of the signed-in account; null before it is started. */
export const accountOutbox = createStore<Outbox | null>(null)

/** Starts to send the account's posts in this tab. Returns a function that stops it. */
export function startAccountOutbox(
  client: Client,
  alias: string,
  onOutcome: (entry: Entry, outcome: Outcome) => void,
): () => void {
  const name = `tweeter.outbox.${alias}`
  const records = createRecordStore(browserStorage, `${name}.`, parseEntry)
  importUnanswered(alias, (entry) => records.write(entry.key, entry))
  const tabs = new BroadcastChannel(name)
  const add = (id: string): void => {
    if (!sentPostIds.get().includes(id)) sentPostIds.set([id, ...sentPostIds.get()])
  }
  const started = startOutbox({
    ...{ records, locks, lockName: name },
    post: (entry) => createPost(client, entry),
    onEntries: unsentEntries.set,
    onPosted(id) {
      add(id)
      tabs.postMessage(id)
    },
    onOutcome: onOutcome,
  })
  tabs.onmessage = ({ data }) => typeof data === 'string' && add(data)
  const resume = (): void => void started.resume()
  addEventListener('online', resume)
  accountOutbox.set(started)
  return () => {
    accountOutbox.set(null)
    removeEventListener('online', resume)
    tabs.close()
    started.stop()
  }
}

/** Imports posts that an earlier version sent without a key and without a response. */
function importUnanswered(alias: string, keep: (entry: Entry) => void): void {
  const key = `tweeter.unanswered.${alias}`
  unansweredTexts(readStored(key)).forEach((text, index) =>
    keep(expireKey({ ...newEntry(text, null, Date.now()), key: `earlier.${index}`, keyFrom: 0 })),
  )
  writeStored(key, null)
}

function unansweredTexts(kept: string | null): string[] {
  try {
    const texts: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}
