import { useEffect, useState, useSyncExternalStore } from 'react'

import { locks } from '@/lib/storage/locks'
import { browserStorage } from '@/lib/storage/recordStore'
import { createStore, useStore } from '@/lib/store'
import { toast } from '@/ui/overlays/toastStore'

import { composing } from './composerState'
import { createDrafts, type Draft, type Drafts, type Held } from './drafts'

/** What is kept of the signed-in account's drafts, the latest first. */
const kept = createStore<readonly Draft[]>([])
const LAST = 'tweeter.draft'

export const useKeptDrafts = (): readonly Draft[] => useStore(kept)
export const useHasDraft = (): boolean => useSyncExternalStore(kept.subscribe, () => kept.get().length > 0)

let last: { alias: string; drafts: Drafts } | null = null

/** The account's drafts. What this tab writes to them is noted at once. */
export function draftsOf(alias: string): Drafts {
  if (last?.alias === alias) return last.drafts
  const drafts = createDrafts(browserStorage, locks, alias)
  const note = (): void => kept.set(drafts.all())
  const write = (draft: Draft): void => {
    drafts.write(draft)
    note()
  }
  const remove = (id: string): void => {
    drafts.remove(id)
    note()
  }
  last = { alias, drafts: { ...drafts, write, remove } }
  return last.drafts
}

/** Knows of the account's drafts as long as it is used. */
export function useDrafts(alias: string): Drafts {
  const drafts = draftsOf(alias)
  useEffect(() => {
    const note = (): void => kept.set(drafts.all())
    note()
    const forget = drafts.onOtherTab(note)
    return () => {
      forget()
      kept.set([])
    }
  }, [drafts])
  return drafts
}

/** The draft that this tab writes, as long as its composer is open. */
export function useHeldDraft(drafts: Drafts): Held | null {
  const { isOpen, wanted } = useStore(composing)
  const [held, setHeld] = useState<Held | null>(null)
  useEffect(() => {
    if (!isOpen) return
    let isOver = false
    let mine: Held | undefined
    void drafts.hold(wanted ?? readLast()).then((one) => {
      if (isOver) return one.release()
      if (wanted && one.draft.id !== wanted) toast('That draft is open in another tab.', { isProblem: true })
      mine = one
      noteLast(one.draft.id)
      setHeld(one)
    })
    return () => {
      isOver = true
      mine?.release()
      setHeld(null)
    }
  }, [drafts, isOpen, wanted])
  return isOpen ? held : null
}

/** Of this tab alone, over reloads: which draft it had open. */
function readLast(): string | null {
  try {
    return sessionStorage.getItem(LAST)
  } catch {
    return null
  }
}

function noteLast(id: string): void {
  try {
    sessionStorage.setItem(LAST, id)
  } catch {
    // Then it is the latest that is opened.
  }
}
