import { onOtherTab, read, write } from '@/lib/storage/browserStorage'
import { createStore, useStore } from '@/lib/store'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'tweeter.theme'

const theme = createStore(restore())

export const useTheme = (): Theme => useStore(theme)

export function chooseTheme(chosen: Theme): void {
  write(KEY, chosen === 'system' ? null : chosen)
  theme.set(chosen)
}

/** To the page, now and whenever another is chosen, here or in another tab. Before the first paint firstTheme.js does. */
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
  onOtherTab(KEY, () => theme.set(restore()))
}

function restore(): Theme {
  const kept = read(KEY)
  return THEMES.find((known) => known === kept) ?? 'system'
}
