import { createStore } from '@/lib/store'

interface ComposerState {
  isOpen: boolean
  /** The id of the draft to open; null for the draft that was open last. */
  requestedDraft: string | null
}

/** Marks the history entry of the open composer, so that Back closes it. The mark survives a reload. */
const MARK = 'composing'

let mark: unknown = markOfEntry()
/** True while the browser leaves the composer's history entry. Requests to open the composer wait until then. */
let isLeaving = false
let next: string | null | undefined

/** Whether the composer is open. */
export const composerState = createStore<ComposerState>({ isOpen: mark !== undefined, requestedDraft: null })

export const openComposer = (): void => open(null)
export const editDraft = (id: string): void => open(id)

export function closeComposer(): void {
  if (!composerState.get().isOpen) return
  composerState.set({ isOpen: false, requestedDraft: null })
  if (mark === undefined || markOfEntry() !== mark) return
  isLeaving = true
  history.back()
}

function open(wanted: string | null): void {
  if (isLeaving) {
    next = wanted
    return
  }
  if (!composerState.get().isOpen) {
    mark = Date.now()
    history.pushState({ ...(history.state as object | null), [MARK]: mark }, '') // keeps the router's state, so that the page and its scroll position stay
  }
  composerState.set({ isOpen: true, requestedDraft: wanted })
}

addEventListener('popstate', () => {
  isLeaving = false
  if (markOfEntry() !== mark) composerState.set({ isOpen: false, requestedDraft: null })
  if (next !== undefined) open(next)
  next = undefined
})

function markOfEntry(): unknown {
  return (history.state as Record<string, unknown> | null)?.[MARK]
}
