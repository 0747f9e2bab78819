/** The rules of domain/text.py for a post's text, so that one need not ask the server to be told. */

import { LOCALE } from './locale'

export const MAX_CHARACTERS = 280
const MAX_BYTES = 8 * 1024
const MAX_CLUSTER_CODE_POINTS = 20

const graphemes = new Intl.Segmenter(LOCALE, { granularity: 'grapheme' })
const bytes = new TextEncoder()
const BLANK = /^[\s\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u

/**
 * As people count them: grapheme clusters. The server's engine also joins an Indic letter to a joiner that follows no
 * consonant, which no language writes: there this counts more.
 */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

/** Whether a grapheme cluster has more code points than the server takes: stacked marks, as a rule. */
export function hasEndlessCharacter(text: string): boolean {
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length > MAX_CLUSTER_CODE_POINTS && Array.from(segment).length > MAX_CLUSTER_CODE_POINTS) return true
  }
  return false
}

export function hasTooManyBytes(text: string): boolean {
  return bytes.encode(text).length > MAX_BYTES
}

export function isTooLong(text: string): boolean {
  return hasTooManyBytes(text) || countCharacters(text) > MAX_CHARACTERS || hasEndlessCharacter(text)
}
