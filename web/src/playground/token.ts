/** The session that the operations are sent with. Each browser tab has its own, so that two people can play. */

import { useSyncExternalStore } from 'react'

const KEPT_AS = 'tweeter:playground:token'
const listeners = new Set<() => void>()

export const getToken = (): string => sessionStorage.getItem(KEPT_AS) ?? ''

export function setToken(token: string): void {
  sessionStorage.setItem(KEPT_AS, token)
  for (const tell of listeners) tell()
}

export const useToken = (): string => useSyncExternalStore(subscribe, getToken)

export const authorization = (token: string): Record<string, string> =>
  token ? { Authorization: `Bearer ${token}` } : {}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
