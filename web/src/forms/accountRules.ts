/** The server's rules for accounts (domain/), checked before anything is sent. */

import { countCharacters } from '@/lib/text/characters'
import { LOCALE } from '@/lib/text/locale'

export const MAX_ALIAS = 30
export const MAX_NAME = 50
export const MIN_PASSWORD = 8
export const MAX_PASSWORD_BYTES = 1024

const ALIAS = new RegExp(`^[A-Za-z0-9_]{1,${MAX_ALIAS}}$`)

const bytes = new TextEncoder()

/** Returns an alias as it is sent: without the @ that people type before it. */
export function normalizeAlias(typed: string): string {
  return typed.trim().replace(/^@/, '')
}

export function aliasProblem(typed: string): string | undefined {
  if (ALIAS.test(normalizeAlias(typed))) return undefined
  return `An alias has 1 to ${MAX_ALIAS} letters (a to z), digits and underscores.`
}

/** Counts characters as the server does. `maxLength` would count an emoji as two or more, and refuse valid names. */
export function nameProblem(typed: string): string | undefined {
  const surplus = countCharacters(typed.trim()) - MAX_NAME
  if (surplus > 0) return `A name has at most ${MAX_NAME} characters. This one has ${surplus} too many.`
  return undefined
}

export function passwordProblem(typed: string): string | undefined {
  const prepared = typed.normalize('NFC') // like the server
  if (Array.from(prepared).length < MIN_PASSWORD) return `A password has at least ${MIN_PASSWORD} characters.`
  if (bytes.encode(prepared).length > MAX_PASSWORD_BYTES) {
    return `A password has at most ${MAX_PASSWORD_BYTES.toLocaleString(LOCALE)} bytes.`
  }
  return undefined
}
