import type { Client } from '@urql/core'

import { read, write } from '@/lib/storage/browserStorage'
import { locks } from '@/lib/storage/locks'
import { browserStorage, createShelf } from '@/lib/storage/recordStore'
import { createStore } from '@/lib/store'
import { sessionStore } from '@/session/createSessionStore'

import { aged, type Entry, newEntry, type Outcome, parseEntry } from './entry'
import { type Outbox, startOutbox } from './outbox'
import { post } from './createPost'

/** The signed-in account's posts that are not out yet, the latest first. */
export const unsent = createStore<readonly Entry[]>([])
/** Ids of posts that were made since this page was loaded, in any tab; the latest first. */
export const sent = sessionStore<readonly string[]>([])
/** The signed-in account's; null before it is started. */
export const outbox = createStore<Outbox | null>(null)

/** Sends the account's posts in this tab. Returns what ends that. */
export function startSending(
  client: Client,
  alias: string,
  tell: (entry: Entry, outcome: Outcome) => void,
): () => void {
  const name = `tweeter.outbox.${alias}`
  const shelf = createShelf(browserStorage, `${name}.`, parseEntry)
  takeOverUnanswered(alias, (entry) => shelf.write(entry.key, entry))
  const tabs = new BroadcastChannel(name)
  const add = (id: string): void => {
    if (!sent.get().includes(id)) sent.set([id, ...sent.get()])
  }
  const started = startOutbox({
    ...{ shelf, locks, lockName: name },
    post: (entry) => post(client, entry),
    onEntries: unsent.set,
    onPosted(id) {
      add(id)
      tabs.postMessage(id)
    },
    onNews: tell,
  })
  tabs.onmessage = ({ data }) => typeof data === 'string' && add(data)
  const resume = (): void => void started.resume()
  addEventListener('online', resume)
  outbox.set(started)
  return () => {
    outbox.set(null)
    removeEventListener('online', resume)
    tabs.close()
    started.stop()
  }
}

/** What an earlier version of this program had sent without an answer, and without a key. */
function takeOverUnanswered(alias: string, keep: (entry: Entry) => void): void {
  const key = `tweeter.unanswered.${alias}`
  unansweredTexts(read(key)).forEach((text, place) =>
    keep(aged({ ...newEntry(text, null, Date.now()), key: `earlier.${place}`, keyFrom: 0 })),
  )
  write(key, null)
}

function unansweredTexts(kept: string | null): string[] {
  try {
    const texts: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}
