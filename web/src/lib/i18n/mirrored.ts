import type { Messages } from '@lingui/core'

type Compiled = Messages[string]
type Token = Exclude<Compiled, string>[number]

const WORD = /\p{L}[\p{L}\p{M}\p{N}'’]*/gu
const [RIGHT_TO_LEFT, END] = ['\u202E', '\u202C'] // an override: even Latin letters run from right to left
const [ISOLATE, END_OF_ISOLATE] = ['\u2066', '\u2069']

/** Returns the messages with all words from right to left, as a translation into Arabic would have them. */
export function mirrored(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, mirror(message)]))
}

function mirror(message: Compiled): Compiled {
  return typeof message === 'string' ? mirrorWords(message) : message.map(mirrorToken)
}

function mirrorToken(token: Token, index: number, all: readonly Token[]): Token {
  if (typeof token === 'string') {
    const before = all[index - 1]
    const isAfterAlias = Array.isArray(before) && endsWithAt(all[index - 2])
    const mirroredText = mirrorWords(token).replace(/@$/, `${ISOLATE}@`)
    return isAfterAlias ? END_OF_ISOLATE + mirroredText : mirroredText
  }
  const [name, type, format] = token
  if (typeof format !== 'object' || format === null) return token
  const options = Object.entries(format as Record<string, Compiled | number | undefined>).map(([key, option]) => [
    key,
    typeof option === 'string' || Array.isArray(option) ? mirror(option) : option, // the offset of a plural stays
  ])
  return [name, type, Object.fromEntries(options)] as Token
}

/** An alias is Latin. Without an isolate, its @ would be on the other side of it. */
function endsWithAt(token: Token | undefined): boolean {
  return typeof token === 'string' && token.endsWith('@')
}

function mirrorWords(text: string): string {
  return text.replace(WORD, (word) => RIGHT_TO_LEFT + word + END)
}
