/**
 * Applies the chosen theme, and the language with its direction, before the first paint. build/firstPaint.ts makes a classic
 * script of it, because modules do not block rendering. theme.ts and language.ts apply later changes.
 */

import { chooseLanguage, declareLanguage, LANGUAGE_KEY } from '@/lib/i18n/languages'

import { declareScheme, THEME_KEY } from './themes'

const theme = stored(THEME_KEY)
if (theme === 'light' || theme === 'dark') declareScheme(theme)

const language = chooseLanguage(stored(LANGUAGE_KEY), navigator.languages)
declareLanguage(language)
preload(document.currentScript?.dataset[language])

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null // the browser blocks localStorage: the page follows the system
  }
}

/** Loads the catalogue of the language while the client is loaded. */
function preload(href: string | undefined): void {
  if (!href) return
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.href = href
  document.head.append(link)
}
