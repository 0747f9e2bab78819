export const THEME_KEY = 'tweeter.theme' // in localStorage

export type Scheme = 'light' | 'dark'

/** Applies the chosen scheme to the page and to the bars of the browser around it. If it is null, they follow the system. */
export function declareScheme(chosen: Scheme | null): void {
  const { dataset } = document.documentElement
  if (chosen === null) delete dataset['theme']
  else dataset['theme'] = chosen
  document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', chosen ?? 'light dark')
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const { scheme = '' } = bar.dataset
    if (chosen === null) bar.media = `(prefers-color-scheme:${scheme})`
    else bar.media = chosen === scheme ? 'all' : 'not all'
  }
}
