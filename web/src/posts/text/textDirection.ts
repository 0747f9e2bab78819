const SET_APART = /(?:https?:\/\/\S+|@[A-Za-z0-9_]+)/g
const FIRST_LETTER = /\p{L}/u
const RIGHT_TO_LEFT = new RegExp(
  `[${['Hebrew', 'Arabic', 'Syriac', 'Thaana', 'Nko', 'Samaritan', 'Mandaic', 'Adlam', 'Hanifi_Rohingya']
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]`,
  'u',
)

/**
 * Returns the direction of a text that is being written: that of its first letter outside of mentions and links, which
 * are Latin in any language. `auto`, which an element with segments can have instead, takes them as letters.
 */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = FIRST_LETTER.exec(text.replace(SET_APART, ' '))?.[0]
  return letter && RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}
