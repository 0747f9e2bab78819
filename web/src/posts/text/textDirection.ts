const MENTIONS_AND_LINKS = /(?:https?:\/\/\S+|@[A-Za-z0-9_]+)/g
const FIRST_LETTER = /\p{L}/u
const RIGHT_TO_LEFT = new RegExp(
  `[${['Hebrew', 'Arabic', 'Syriac', 'Thaana', 'Nko', 'Samaritan', 'Mandaic', 'Adlam', 'Hanifi_Rohingya']
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]`,
  'u',
)

/**
 * Returns the direction of a text in the composer, by its first letter outside of mentions and links. `dir="auto"` would
 * count them too, and they are Latin in every language.
 */
export function textDirection(text: string): 'ltr' | 'rtl' {
  const letter = FIRST_LETTER.exec(text.replace(MENTIONS_AND_LINKS, ' '))?.[0]
  return letter && RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}
