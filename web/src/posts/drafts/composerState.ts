import { createStore } from '@/lib/store'

interface Composing {
  isOpen: boolean
  /** The draft to open it with; null for the one that was open last. */
  wanted: string | null
}

/** Of the history's entry that an open composer stands in, so that the way back closes it. It survives a reload. */
const MARK = 'composing'

let mark: unknown = markOfEntry()
/** An entry is being left; what is opened meanwhile is opened afterwards. */
let isLeaving = false
let next: string | null | undefined

/** Whether the composer is open. */
export const composing = createStore<Composing>({ isOpen: mark !== undefined, wanted: null })

export const openComposer = (): void => open(null)
export const editDraft = (id: string): void => open(id)

export function closeComposer(): void {
  if (!composing.get().isOpen) return
  composing.set({ isOpen: false, wanted: null })
  if (mark === undefined || markOfEntry() !== mark) return
  isLeaving = true
  history.back()
}

function open(wanted: string | null): void {
  if (isLeaving) {
    next = wanted
    return
  }
  if (!composing.get().isOpen) {
    mark = Date.now()
    history.pushState({ ...(history.state as object | null), [MARK]: mark }, '') // the router's own state stays: same page, same place
  }
  composing.set({ isOpen: true, wanted })
}

addEventListener('popstate', () => {
  isLeaving = false
  if (markOfEntry() !== mark) composing.set({ isOpen: false, wanted: null })
  if (next !== undefined) open(next)
  next = undefined
})

function markOfEntry(): unknown {
  return (history.state as Record<string, unknown> | null)?.[MARK]
}
