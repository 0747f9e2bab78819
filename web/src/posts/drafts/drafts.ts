/** The drafts of an account. Each is stored under its own key, so that tabs do not overwrite each other's drafts. */

import type { Locks } from '@/lib/storage/locks'
import { createRecordStore, type KeyValueStorage, type RecordStore } from '@/lib/storage/recordStore'
import { type About, type KeptPicture, type PreviousTry, randomKey } from '@/posts/outbox/entry'

export interface Draft {
  id: string
  text: string
  /** Missing in drafts of earlier versions. */
  about?: About | null
  /** Missing in drafts of earlier versions. */
  media?: readonly KeptPicture[]
  changedAt: number
  /** The key that an earlier text of this draft was sent with. */
  tried: PreviousTry | null
}

/** A draft that is open in this tab. No other tab can open it until it is released. */
export interface HeldDraft {
  draft: Draft
  release: () => void
}

export interface Drafts {
  /** Returns all drafts, the most recently changed first. */
  all: () => Draft[]
  /** Stores a draft, or removes it if it has neither a text nor pictures. */
  write: (draft: Draft) => void
  remove: (id: string) => void
  /**
   * Locks the draft with the id `wanted`, or else the most recent draft that answers or quotes the same post and that no
   * tab has open, or else a new one.
   */
  hold: (wanted: string | null, about?: About | null) => Promise<HeldDraft>
  onOtherTab: (changed: () => void) => () => void
}

export const newDraft = (
  text = '',
  tried: PreviousTry | null = null,
  id = randomKey(),
  about: About | null = null,
  media: readonly KeptPicture[] = [],
): Draft => ({
  ...{ id, text, tried, about, media },
  changedAt: Date.now(),
})

export function createDrafts(storage: KeyValueStorage, locks: Locks, alias: string): Drafts {
  const shelf: RecordStore<Draft> = createRecordStore(storage, `tweeter.drafts.${alias}.`, parseDraft)
  const before = `tweeter.draft.${alias}` // earlier versions stored a single draft here
  const earlier = storage.read(before)
  if (earlier) shelf.write('earlier', newDraft(earlier, null, 'earlier')) // a fixed id, so that two tabs create only one draft
  if (earlier !== null) storage.write(before, null)

  const all = (): Draft[] => shelf.all().sort((one, other) => other.changedAt - one.changedAt)
  /** The last release by this tab. The next `hold` waits for it. */
  let released: Promise<unknown> = Promise.resolve()
  const tryToHold = (draft: Draft, isNew = false): Promise<HeldDraft | null> =>
    new Promise((resolve) => {
      const whileHeld = async (): Promise<true> => {
        const latest = isNew ? draft : shelf.read(draft.id)
        if (!latest) return true // another tab has sent or discarded it meanwhile
        return new Promise((release) => resolve({ draft: latest, release: () => release(true) }))
      }
      released = locks.holdIfFree(`tweeter.drafts.${alias}.${draft.id}`, whileHeld)
      void released.then(() => resolve(null))
    })
  return {
    all,
    write: (draft) => (draft.text || draft.media?.length ? shelf.write(draft.id, draft) : shelf.remove(draft.id)),
    remove: shelf.remove,
    async hold(wanted, about = null) {
      await released
      const drafts = all()
      const first = drafts.filter(({ id }) => id === wanted)
      const others = drafts.filter((draft) => draft.id !== wanted && isSame(draft.about ?? null, about))
      for (const draft of [...first, ...others]) {
        const held = await tryToHold(draft)
        if (held) return held
      }
      const held = await tryToHold(newDraft('', null, randomKey(), about), true)
      if (!held) throw new Error('a new draft has an id that is held')
      return held
    },
    onOtherTab: shelf.onChangeInOtherTab,
  }
}

function isSame(one: About | null, other: About | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id
}

function parseDraft(value: unknown): Draft | null {
  if (typeof value !== 'object' || value === null) return null
  const draft = value as Partial<Record<keyof Draft, unknown>>
  return typeof draft.id === 'string' && typeof draft.text === 'string' && typeof draft.changedAt === 'number'
    ? (value as Draft)
    : null
}
