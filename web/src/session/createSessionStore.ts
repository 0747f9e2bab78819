import { createStore, type Store } from '@/lib/store'

import { currentSession, onSessionChange } from './session'

/** Creates a store that is reset to its initial value when the session changes. */
export function createSessionStore<T>(initial: T): Store<T> {
  const store = createStore(initial)
  let token = currentSession()?.token
  onSessionChange(() => {
    const next = currentSession()?.token
    if (next !== token) store.set(initial)
    token = next
  })
  return store
}
