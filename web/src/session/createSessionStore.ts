import { createStore, type Store } from '@/lib/store'

import { currentSession, onSessionChange } from './session'

/** A store that each session finds as it was at first. */
export function sessionStore<T>(initial: T): Store<T> {
  const store = createStore(initial)
  let token = currentSession()?.token
  onSessionChange(() => {
    const next = currentSession()?.token
    if (next !== token) store.set(initial)
    token = next
  })
  return store
}
