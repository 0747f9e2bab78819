/** The server's rules for accounts (domain/), checked before anything is sent. */

import { countCharacters } from '@/lib/text/characters'
import { LOCALE } from '@/lib/text/locale'

export const MAX_ALIAS = 30
export const MAX_NAME = 50
export const MIN_PASSWORD = 8
export const MAX_PASSWORD_BYTES = 1024

const ALIAS = new RegExp(`^[A-Za-z0-9_]{1,${MAX_ALIAS}}$`)

const bytes = new TextEncoder()

/** An alias as it is sent: without the @ that people write before it. */
export function plainAlias(typed: string): string {
  return typed.trim().replace(/^@/, '')
}

export function aliasProblem(typed: string): string | undefined {
  if (ALIAS.test(plainAlias(typed))) return undefined
  return `An alias has 1 to ${MAX_ALIAS} letters (a to z), digits and underscores.`
}

/** Counted as people count: `maxLength` would count an emoji as two and more, and refuse what the server takes. */
export function nameProblem(typed: string): string | undefined {
  const surplus = countCharacters(typed.trim()) - MAX_NAME
  if (surplus > 0) return `A name has at most ${MAX_NAME} characters. This one has ${surplus} too many.`
  return undefined
}

export function passwordProblem(typed: string): string | undefined {
  const prepared = typed.normalize('NFC') // as the server does
  if (Array.from(prepared).length < MIN_PASSWORD) return `A password has at least ${MIN_PASSWORD} characters.`
  if (bytes.encode(prepared).length > MAX_PASSWORD_BYTES) {
    return `A password has at most ${MAX_PASSWORD_BYTES.toLocaleString(LOCALE)} bytes.`
  }
  return undefined
}
