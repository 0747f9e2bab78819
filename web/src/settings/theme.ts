import { onStoredChange, readStored, writeStored } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

import { THEME_KEY } from './themes'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const theme = createStore(restore())

export const useTheme = (): Theme => useStore(theme)

export function chooseTheme(chosen: Theme): void {
  writeStored(THEME_KEY, chosen === 'system' ? null : chosen)
  theme.set(chosen)
}

/** Applies the theme to the page, now and after each change in any tab. firstPaint.ts applies it before the first paint. */
export function applyTheme(): void {
  const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')
  const apply = (): void => {
    const { dataset } = document.documentElement
    const chosen = theme.get()
    if (chosen === 'system') delete dataset['theme']
    else dataset['theme'] = chosen
    if (scheme) scheme.content = chosen === 'system' ? 'light dark' : chosen
  }
  apply()
  theme.subscribe(apply)
  onStoredChange(THEME_KEY, () => theme.set(restore()))
}

function restore(): Theme {
  const stored = readStored(THEME_KEY)
  return THEMES.find((known) => known === stored) ?? 'system'
}
