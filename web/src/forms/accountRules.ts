/** The server's rules for accounts (domain/), checked before anything is sent. */

import { t } from '@lingui/core/macro'

import { formatNumber } from '@/lib/i18n/format'
import { countCharacters, isBlank } from '@/lib/text/characters'

export const MAX_ALIAS = 30
export const MAX_NAME = 50
export const MAX_BIO = 160
export const MAX_BIO_LINES = 8
export const MIN_PASSWORD = 8
export const MAX_PASSWORD_BYTES = 1024

const ALIAS = new RegExp(`^[A-Za-z0-9_]{1,${MAX_ALIAS}}$`)

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
const SPACES = /[\t\p{Zs}]+/gu

const bytes = new TextEncoder()

/** Returns an alias as it is sent: without the @ that people type before it. */
export function normalizeAlias(typed: string): string {
  return typed.trim().replace(/^@/, '')
}

export function aliasProblem(typed: string): string | undefined {
  if (ALIAS.test(normalizeAlias(typed))) return undefined
  return t`An alias has 1 to ${MAX_ALIAS} letters (a to z), digits and underscores.`
}

/** Counts characters as the server does. `maxLength` would count an emoji as two or more, and refuse valid names. */
export function nameProblem(typed: string): string | undefined {
  const surplus = countCharacters(typed.trim()) - MAX_NAME
  if (surplus > 0) return t`A name has at most ${MAX_NAME} characters. This one has ${surplus} too many.`
  return undefined
}

/** Returns a bio as the server stores it (domain/bios.py). */
export function tidyBio(typed: string): string {
  const lines = typed.split(LINE_ENDS).map((line) => (isBlank(line) ? '' : line.replace(SPACES, ' ').trim()))
  return lines
    .filter((line, index) => line || lines[index - 1])
    .join('\n')
    .replace(/\n$/, '')
}

export function bioProblem(typed: string): string | undefined {
  const bio = tidyBio(typed)
  const surplus = countCharacters(bio) - MAX_BIO
  if (surplus > 0) return t`A bio has at most ${MAX_BIO} characters. This one has ${surplus} too many.`
  if (bio.split('\n').length > MAX_BIO_LINES) return t`A bio has at most ${MAX_BIO_LINES} lines.`
  return undefined
}

export function passwordProblem(typed: string): string | undefined {
  const prepared = typed.normalize('NFC') // like the server
  if (Array.from(prepared).length < MIN_PASSWORD) return t`A password has at least ${MIN_PASSWORD} characters.`
  if (bytes.encode(prepared).length > MAX_PASSWORD_BYTES) {
    const most = formatNumber(MAX_PASSWORD_BYTES)
    return t`A password has at most ${most} bytes.`
  }
  return undefined
}
