/** The signed-in session. All tabs of this browser share it. */

import { onStoredChange, readStored, writeStored } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

import { parseSession, type Session } from './parseSession'

interface State {
  session: Session | null
  /** The account whose session has expired, until the user signs in again or dismisses it. */
  ended: { alias: string } | null
}

const KEY = 'tweeter.session'

const store = createStore<State>({ session: restore(), ended: null })

onStoredChange(KEY, readFromStorage)

export const useSession = (): Session | null => useStore(store).session
export const useEndedSession = (): State['ended'] => useStore(store).ended
export const onSessionChange = (listener: () => void): (() => void) => store.subscribe(listener)
export const currentSession = (): Session | null => store.get().session

export function signIn(session: Session): void {
  writeStored(KEY, JSON.stringify(session))
  store.set({ session, ended: null })
}

export function signOut(): void {
  writeStored(KEY, null)
  store.set({ session: null, ended: null })
}

/** Ends the session because the server rejected its token. A late rejection of an earlier token changes nothing. */
export function endSession(token: string): void {
  readFromStorage() // another tab may have signed out or switched accounts, and its storage event may still be pending
  const { session } = store.get()
  if (session?.token !== token) return
  writeStored(KEY, null)
  store.set({ session: null, ended: { alias: session.alias } })
}

export function clearEndedSession(): void {
  store.set({ ...store.get(), ended: null })
}

/** Takes over the session that another tab has stored. */
function readFromStorage(): void {
  const session = restore()
  if (session?.token !== store.get().session?.token) store.set({ session, ended: null })
}

function restore(): Session | null {
  return parseSession(readStored(KEY))
}
