export interface Token {
  kind: 'user' | 'tag'
  /** What follows the @ or the #. */
  query: string
  /** The index of the @ or the # in the text. */
  from: number
}

const TOKEN = /(?<![\p{L}\p{M}\p{Nd}_@＠#＃&/.])(?:[@＠](?<alias>\w{1,15})|[#＃](?<tag>[\p{L}\p{M}\p{Nd}_]{1,100}))$/u
const WORD = /^[\p{L}\p{M}\p{Nd}_]/u
const MAX_LENGTH = 102 // of a token and what stands before it

/** Returns the beginning of a mention or of a tag before the caret. Null in the middle of a word. */
export function findToken(text: string, caret: number): Token | null {
  if (WORD.test(text.slice(caret))) return null
  const start = Math.max(0, caret - MAX_LENGTH)
  const match = TOKEN.exec(text.slice(start, caret))
  if (!match) return null
  const { alias, tag } = match.groups ?? {}
  const from = start + match.index
  return alias === undefined ? { kind: 'tag', query: tag ?? '', from } : { kind: 'user', query: alias, from }
}
