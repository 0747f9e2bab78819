/** The language that is shown, and the user's choice. */

import { i18n, type Messages } from '@lingui/core'

import { onStoredChange, readStored, writeStored } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

import { messages as english } from './catalogues/en.po'
import { chooseLanguage, declareLanguage, isLanguage, type Language, LANGUAGE_KEY, MIRRORED } from './languages'

/** English is part of the client. The other catalogues are loaded when they are needed. */
const LOADERS: Record<Language, () => Messages | Promise<Messages>> = {
  en: () => english,
  de: async () => (await import('./catalogues/de.po')).messages,
  [MIRRORED]: async () => (await import('./mirrored')).mirrored(english),
}

export type LanguageChoice = Language | 'browser'

const choice = createStore<LanguageChoice>(restore())

/** The language whose messages are shown. */
export const language = createStore<Language>('en')

i18n.loadAndActivate({ locale: 'en', messages: english })

export const useLanguageChoice = (): LanguageChoice => useStore(choice)

export function setLanguageChoice(chosen: LanguageChoice): void {
  writeStored(LANGUAGE_KEY, chosen === 'browser' ? null : chosen)
  choice.set(chosen)
}

/**
 * Shows the chosen language, now and after each change in any tab. Resolves when the first one is shown. A catalogue that
 * cannot be loaded leaves the language as it is.
 */
export async function startLanguage(): Promise<void> {
  const show = (): Promise<void> => showLanguage(wantedLanguage())
  choice.subscribe(() => void show())
  onStoredChange(LANGUAGE_KEY, () => choice.set(restore()))
  addEventListener('languagechange', () => void show())
  await show()
}

async function showLanguage(wanted: Language): Promise<void> {
  try {
    const messages = await LOADERS[wanted]()
    if (wanted !== wantedLanguage()) return // the user has chosen another one meanwhile
    declareLanguage(wanted)
    activate(wanted, messages)
  } catch {
    declareLanguage(language.get())
  }
}

/** Shows the messages of a language. */
export function activate(shown: Language, messages: Messages): void {
  // Numbers and dates of the mirrored English are English.
  i18n.loadAndActivate({ locale: shown, locales: shown === MIRRORED ? 'en' : shown, messages })
  language.set(shown)
}

function wantedLanguage(): Language {
  const chosen = choice.get()
  return chooseLanguage(chosen === 'browser' ? null : chosen, navigator.languages)
}

function restore(): LanguageChoice {
  const stored = readStored(LANGUAGE_KEY)
  return stored !== null && isLanguage(stored) ? stored : 'browser'
}
