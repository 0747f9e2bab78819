/** What an account has begun to write. Each draft has an id and a key of its own, so that no tab overwrites another's. */

import type { Locks } from '@/lib/storage/locks'
import { createShelf, type Shelf, type Storage } from '@/lib/storage/recordStore'

import { drawKey, type Tried } from '@/posts/outbox/entry'

export interface Draft {
  id: string
  text: string
  changedAt: number
  /** The key with which a text of this draft was sent already. */
  tried: Tried | null
}

/** A draft that this tab writes. No other tab opens it before it is released. */
export interface Held {
  draft: Draft
  release: () => void
}

export interface Drafts {
  /** The latest first. */
  all: () => Draft[]
  /** Keeps the draft; without a text, forgets it. */
  write: (draft: Draft) => void
  remove: (id: string) => void
  /** Holds the draft that is wanted, or the first of the latest that no tab holds; a new one if there is none. */
  hold: (wanted: string | null) => Promise<Held>
  onOtherTab: (changed: () => void) => () => void
}

export const newDraft = (text = '', tried: Tried | null = null, id = drawKey()): Draft => ({
  ...{ id, text, tried },
  changedAt: Date.now(),
})

export function createDrafts(storage: Storage, locks: Locks, alias: string): Drafts {
  const shelf: Shelf<Draft> = createShelf(storage, `tweeter.drafts.${alias}.`, parseDraft)
  const before = `tweeter.draft.${alias}` // the one draft that an earlier version kept
  const earlier = storage.read(before)
  if (earlier) shelf.write('earlier', newDraft(earlier, null, 'earlier')) // with this id, two tabs make one of it
  if (earlier !== null) storage.write(before, null)

  const all = (): Draft[] => shelf.all().sort((one, other) => other.changedAt - one.changedAt)
  /** Of this tab: a draft that is released and held again at once is free. */
  let released: Promise<unknown> = Promise.resolve()
  const tryToHold = (draft: Draft, isNew = false): Promise<Held | null> =>
    new Promise((resolve) => {
      const whileHeld = async (): Promise<true> => {
        const latest = isNew ? draft : shelf.read(draft.id)
        if (!latest) return true // another tab has sent it meanwhile
        return new Promise((release) => resolve({ draft: latest, release: () => release(true) }))
      }
      released = locks.holdIfFree(`tweeter.drafts.${alias}.${draft.id}`, whileHeld)
      void released.then(() => resolve(null))
    })
  return {
    all,
    write: (draft) => (draft.text ? shelf.write(draft.id, draft) : shelf.remove(draft.id)),
    remove: shelf.remove,
    async hold(wanted) {
      await released
      const drafts = all()
      const first = drafts.filter(({ id }) => id === wanted)
      for (const draft of [...first, ...drafts.filter(({ id }) => id !== wanted)]) {
        const held = await tryToHold(draft)
        if (held) return held
      }
      const held = await tryToHold(newDraft(), true)
      if (!held) throw new Error('a new draft has an id that is held')
      return held
    },
    onOtherTab: shelf.onOtherTab,
  }
}

function parseDraft(value: unknown): Draft | null {
  if (typeof value !== 'object' || value === null) return null
  const draft = value as Partial<Record<keyof Draft, unknown>>
  return typeof draft.id === 'string' && typeof draft.text === 'string' && typeof draft.changedAt === 'number'
    ? (value as Draft)
    : null
}
