import { onStoredChange, readStored, writeStored } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

import { declareScheme, THEME_KEY } from './themes'

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
  const apply = (): void => {
    const chosen = theme.get()
    declareScheme(chosen === 'system' ? null : chosen)
  }
  apply()
  theme.subscribe(apply)
  onStoredChange(THEME_KEY, () => theme.set(restore()))
}

function restore(): Theme {
  const stored = readStored(THEME_KEY)
  return THEMES.find((known) => known === stored) ?? 'system'
}
