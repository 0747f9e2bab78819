import { graphemes } from './graphemes'

const TINTS = 6

export function initialsOf(firstName: string, lastName: string): string {
  return [firstName, lastName].map(firstCharacter).join('').toUpperCase()
}

/** Returns the number of an account's background colour, which depends on the alias only. */
export function tintOf(alias: string): number {
  let hash = 0
  for (const character of alias.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return hash % TINTS
}

function firstCharacter(name: string): string {
  const [first] = graphemes.segment(name.trim())
  return first?.segment ?? ''
}
