/**
 * The script of the offline page, which holds its texts in each language. The script of the first paint has set theme and
 * language. build/offline.ts makes a classic script of it.
 */

const texts = [...document.querySelectorAll('main')]
const shown = texts.find(({ lang }) => lang === document.documentElement.lang) ?? texts[0]
for (const each of texts) each.hidden = each !== shown
document.title = `${shown?.querySelector('h1')?.textContent ?? ''} · Tweeter`

addEventListener('online', () => location.reload())
