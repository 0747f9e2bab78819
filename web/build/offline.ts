import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { MessageDescriptor } from '@lingui/core'
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { type Plugin, runnerImport } from 'vite'

import { macros } from './macros.ts'
import { bundleScript } from './script.ts'

const SCRIPT = 'src/offline/offlinePage.ts'
const WORKER = 'src/offline/serviceWorker.ts'
const TEXTS = 'src/offline/texts.ts'
const ASSET = /"(\/assets\/[^"]+)"/g

type Texts = Record<'title' | 'explanation' | 'retry', string>

/** Builds the offline page, which has its texts in each language, and the service worker, which keeps that page. */
export function offline(): Plugin {
  let fileName = ''
  return {
    name: 'offline',
    apply: 'build',
    async generateBundle() {
      const code = await bundleScript(SCRIPT)
      fileName = `assets/offline-${hashOf(code)}.js`
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { path }) {
        if (!path.endsWith('/offline.html')) return html
        const shown = (await textsByLanguage()).map(([language, texts], index) => section(language, texts, index > 0))
        return html.replace('</body>', `${shown.join('\n')}\n<script src="/${fileName}"></script>\n</body>`)
      },
    },
    async writeBundle({ dir = '' }) {
      const html = await readFile(join(dir, 'offline.html'), 'utf8')
      const files = [...html.matchAll(ASSET)].map(([, file = '']) => file)
      const constants = { PRECACHED: JSON.stringify(['/offline', ...files]), VERSION: JSON.stringify(hashOf(html)) }
      await writeFile(join(dir, 'sw.js'), await bundleScript(WORKER, { define: constants }))
    },
  }
}

/** Returns the texts in each language, those in English first. */
async function textsByLanguage(): Promise<[string, Texts][]> {
  const config = getConfig()
  const [catalog] = await getCatalogs(config)
  const { module } = await runnerImport<{ TEXTS: Record<keyof Texts, MessageDescriptor> }>(TEXTS, {
    configFile: false,
    plugins: [macros()],
  })
  return Promise.all(
    config.locales.map(async (locale): Promise<[string, Texts]> => {
      const messages = (await catalog?.read(locale)) ?? {}
      const translated = Object.entries(module.TEXTS).map(([name, { id }]) => {
        const { translation } = messages[id] ?? {}
        if (!translation) throw new Error(`${TEXTS}: the catalogue ${locale} lacks a text; run npm run extract`)
        return [name, translation]
      })
      return [locale, Object.fromEntries(translated) as Texts]
    }),
  )
}

function section(language: string, { title, explanation, retry }: Texts, isHidden: boolean): string {
  const attributes = `lang="${language}"${isHidden ? ' hidden' : ''}`
  return `<main ${attributes}><h1>${title}</h1><p>${explanation}</p><a href="">${retry}</a></main>`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}
