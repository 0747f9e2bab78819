/** The session token of the operations. Each browser tab has its own, so that one can act as several accounts. */

import { useSyncExternalStore } from 'react'

const KEPT_AS = 'tweeter:playground:token'
const listeners = new Set<() => void>()

let current = restore()

export const getToken = (): string => current

export function setToken(token: string): void {
  current = token
  try {
    sessionStorage.setItem(KEPT_AS, token)
  } catch {
    // The browser blocks storage: the token lasts until the page is closed.
  }
  for (const tell of listeners) tell()
}

export const useToken = (): string => useSyncExternalStore(subscribe, getToken)

export const authorization = (token: string): Record<string, string> =>
  token ? { Authorization: `Bearer ${token}` } : {}

function restore(): string {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? ''
  } catch {
    return ''
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
