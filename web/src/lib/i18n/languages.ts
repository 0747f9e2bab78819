/** The languages of the user interface. docs/extend.md says how to add one. */

type Listed = 'en' | 'de'

/** The languages of the menu, each with its own name for itself. There is a catalogue for each. */
/* eslint-disable lingui/no-unlocalized-strings -- a language has the same name in every language */
export const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const satisfies [Listed, string][]
/* eslint-enable lingui/no-unlocalized-strings */

/** English, mirrored from right to left, to develop and test the layout. It is in no menu. */
export const MIRRORED = 'ar-XB' as const

export type Language = Listed | typeof MIRRORED

export const LANGUAGE_KEY = 'tweeter.language' // in localStorage

const RIGHT_TO_LEFT: readonly Language[] = [MIRRORED]

/** Returns the stored language, or else the first known one among those that the browser prefers. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored !== null && isLanguage(stored)) return stored
  const primary = preferred.map((tag) => tag.toLowerCase().split('-', 1)[0] ?? '')
  return primary.find(isListed) ?? 'en'
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr'
}

/** Declares the language of the page and turns its layout into the direction of the language. */
export function declareLanguage(language: Language): void {
  const { documentElement: page } = document
  page.lang = language
  page.dir = directionOf(language)
}

export function isLanguage(tag: string): tag is Language {
  return isListed(tag) || tag === MIRRORED
}

function isListed(tag: string): tag is Listed {
  return LANGUAGES.some(([listed]) => listed === tag)
}
