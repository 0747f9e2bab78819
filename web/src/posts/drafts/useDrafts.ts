import { t } from '@lingui/core/macro'
import { useEffect, useState, useSyncExternalStore } from 'react'

import { locks } from '@/lib/storage/locks'
import { browserStorage } from '@/lib/storage/recordStore'
import { createStore, useStore } from '@/lib/store'
import { toast } from '@/ui/overlays/toastStore'

import { type ComposerState, composerState } from './composerState'
import { createDrafts, type Draft, type Drafts, type HeldDraft } from './drafts'

/** The stored drafts of the signed-in account, the most recently changed first. */
const savedDrafts = createStore<readonly Draft[]>([])
const LAST_DRAFT_KEY = 'tweeter.draft'

export const useSavedDrafts = (): readonly Draft[] => useStore(savedDrafts)
export const useHasDraft = (): boolean =>
  useSyncExternalStore(savedDrafts.subscribe, () => savedDrafts.get().length > 0)

let last: { alias: string; drafts: Drafts } | null = null

/** Returns the drafts of an account. Changes by this tab are shown at once. */
export function draftsOf(alias: string): Drafts {
  if (last?.alias === alias) return last.drafts
  const drafts = createDrafts(browserStorage, locks, alias)
  const update = (): void => savedDrafts.set(drafts.all())
  const write = (draft: Draft): void => {
    drafts.write(draft)
    update()
  }
  const remove = (id: string): void => {
    drafts.remove(id)
    update()
  }
  last = { alias, drafts: { ...drafts, write, remove } }
  return last.drafts
}

/** Keeps the list of drafts up to date while it is mounted. */
export function useDrafts(alias: string): Drafts {
  const drafts = draftsOf(alias)
  useEffect(() => {
    const update = (): void => savedDrafts.set(drafts.all())
    update()
    const stop = drafts.onOtherTab(update)
    return () => {
      stop()
      savedDrafts.set([])
    }
  }, [drafts])
  return drafts
}

/** Returns the draft that is open in this tab's composer. */
export function useHeldDraft(drafts: Drafts): HeldDraft | null {
  return useHeld(drafts, useStore(composerState))
}

/** Returns the draft that this tab had open last, or else the most recent one, while `isOpen`. */
export function useLastDraft(drafts: Drafts, isOpen: boolean): HeldDraft | null {
  return useHeld(drafts, { isOpen, requestedDraft: null, about: null })
}

function useHeld(drafts: Drafts, { isOpen, requestedDraft, about }: ComposerState): HeldDraft | null {
  const [held, setHeld] = useState<HeldDraft | null>(null)
  useEffect(() => {
    if (!isOpen) return
    let isUnmounted = false
    let own: HeldDraft | undefined
    void drafts.hold(requestedDraft ?? (about ? null : readLastDraft()), about).then((one) => {
      if (isUnmounted) return one.release()
      const isLocked = one.draft.id !== requestedDraft && drafts.all().some(({ id }) => id === requestedDraft)
      if (isLocked) toast(t`That draft is open in another tab.`, { isProblem: true })
      own = one
      if (!one.draft.about) saveLastDraft(one.draft.id)
      setHeld(one)
    })
    return () => {
      isUnmounted = true
      own?.release()
      setHeld(null)
    }
  }, [drafts, isOpen, requestedDraft, about])
  return isOpen ? held : null
}

/** Returns the id of the draft that this tab had open last, also before a reload. */
function readLastDraft(): string | null {
  try {
    return sessionStorage.getItem(LAST_DRAFT_KEY)
  } catch {
    return null
  }
}

function saveLastDraft(id: string): void {
  try {
    sessionStorage.setItem(LAST_DRAFT_KEY, id)
  } catch {
    // The storage is blocked: the composer opens the most recent draft.
  }
}
