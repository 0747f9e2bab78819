import { createStore } from '@/lib/store'
import type { About } from '@/posts/outbox/entry'

export interface ComposerState {
  isOpen: boolean
  /** The id of the draft to open; null for the draft that was open last. */
  requestedDraft: string | null
  /** The post that a new draft answers or quotes. */
  about: About | null
}

type Wanted = Omit<ComposerState, 'isOpen'>

const LAST_DRAFT: Wanted = { requestedDraft: null, about: null }
const CLOSED: ComposerState = { isOpen: false, ...LAST_DRAFT }

/** Marks the history entry of the open composer, so that Back closes it. The mark survives a reload. */
const MARK = 'composing'
/** What the composer was opened for, in the same history entry. */
const WANTED = 'wanted'

let mark: unknown = markOfEntry()
/** True while the browser leaves the composer's history entry. Requests to open the composer wait until then. */
let isLeaving = false
let next: Wanted | undefined

/** Whether the composer is open. */
export const composerState = createStore<ComposerState>(
  mark === undefined ? CLOSED : { ...CLOSED, ...wantedOfEntry(), isOpen: true },
)

export const openComposer = (): void => open(LAST_DRAFT)
export const editDraft = (id: string): void => open({ requestedDraft: id, about: null })
/** Opens a draft that answers or quotes a post. */
export const composeAbout = (kind: About['kind'], { id, author }: { id: string; author: { alias: string } }): void =>
  open({ requestedDraft: null, about: { kind, id, alias: author.alias } })

export function closeComposer(): void {
  if (!composerState.get().isOpen) return
  composerState.set(CLOSED)
  if (mark === undefined || markOfEntry() !== mark) return
  isLeaving = true
  history.back()
}

function open(wanted: Wanted): void {
  if (isLeaving) {
    next = wanted
    return
  }
  // The entry keeps the router's state, so that the page and its scroll position stay.
  if (composerState.get().isOpen) {
    if (markOfEntry() === mark) history.replaceState({ ...(history.state as object | null), [WANTED]: wanted }, '')
  } else {
    mark = Date.now()
    history.pushState({ ...(history.state as object | null), [MARK]: mark, [WANTED]: wanted }, '')
  }
  composerState.set({ isOpen: true, ...wanted })
}

addEventListener('popstate', () => {
  isLeaving = false
  if (markOfEntry() !== mark) composerState.set(CLOSED)
  if (next !== undefined) open(next)
  next = undefined
})

function markOfEntry(): unknown {
  return (history.state as Record<string, unknown> | null)?.[MARK]
}

function wantedOfEntry(): Wanted | undefined {
  return (history.state as Record<string, unknown> | null)?.[WANTED] as Wanted | undefined
}
