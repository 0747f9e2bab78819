/** The server's rules for the text of a post (domain/text.py), checked before anything is sent. */

import { graphemes } from './graphemes'

export const MAX_CHARACTERS = 280
const MAX_BYTES = 8 * 1024
const MAX_CLUSTER_CODE_POINTS = 20

const bytes = new TextEncoder()
const BLANK = /^[\s\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u

/**
 * Counts grapheme clusters, as people count characters. The server also joins an Indic letter to a joiner that follows no
 * consonant. No language writes that; for such text, this function counts more than the server.
 */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

/** True if a grapheme cluster has more code points than the server accepts. Usually these are stacked marks. */
export function hasOversizedCharacter(text: string): boolean {
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length > MAX_CLUSTER_CODE_POINTS && Array.from(segment).length > MAX_CLUSTER_CODE_POINTS) return true
  }
  return false
}

export function hasTooManyBytes(text: string): boolean {
  return bytes.encode(text).length > MAX_BYTES
}

export function isTooLong(text: string): boolean {
  return hasTooManyBytes(text) || countCharacters(text) > MAX_CHARACTERS || hasOversizedCharacter(text)
}
