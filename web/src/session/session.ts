/** Who is signed in, in every tab of this browser alike. */

import { onOtherTab, read, write } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

import { parseSession, type Session } from './parseSession'

interface State {
  session: Session | null
  /** Whose session the server no longer knows, until they sign in again or leave it. */
  ended: { alias: string } | null
}

const KEY = 'tweeter.session'

const store = createStore<State>({ session: restore(), ended: null })

onOtherTab(KEY, follow)

export const useSession = (): Session | null => useStore(store).session
export const useEnded = (): State['ended'] => useStore(store).ended
export const onSessionChange = (listener: () => void): (() => void) => store.subscribe(listener)
export const currentSession = (): Session | null => store.get().session

export function signIn(session: Session): void {
  write(KEY, JSON.stringify(session))
  store.set({ session, ended: null })
}

export function signOut(): void {
  write(KEY, null)
  store.set({ session: null, ended: null })
}

/** The server refused this token; a late refusal of an earlier one changes nothing. */
export function endSession(token: string): void {
  follow() // it may be refused because another tab has signed out, or in as somebody else, and we are yet to hear of it
  const { session } = store.get()
  if (session?.token !== token) return
  write(KEY, null)
  store.set({ session: null, ended: { alias: session.alias } })
}

export function forgetEnded(): void {
  store.set({ ...store.get(), ended: null })
}

/** What another tab has done, this one does too. */
function follow(): void {
  const session = restore()
  if (session?.token !== store.get().session?.token) store.set({ session, ended: null })
}

function restore(): Session | null {
  return parseSession(read(KEY))
}
