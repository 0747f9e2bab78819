import { createHash } from 'node:crypto'

import type { Plugin } from 'vite'

import { bundleScript } from './script.ts'

const SOURCE = 'src/settings/firstPaint.ts'
const CLIENT = '/index.html'
const PAGES = [CLIENT, '/offline.html']
const CATALOGUE = /\/catalogues\/(\w+)\.po$/

/**
 * Adds a classic, render-blocking script to the heads of the client and the offline page, before their styles. Its data attributes say where the
 * catalogues of the languages are.
 * Vite drops `blocking="render"` of a module script: https://github.com/vitejs/vite/issues/18061
 */
export function firstPaint(): Plugin {
  let isBuild = false
  let fileName = ''
  return {
    name: 'first-paint',
    configResolved({ command }) {
      isBuild = command === 'build'
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${SOURCE}.js`, (_, response) => {
        void bundleScript(SOURCE, { minify: false }).then((code) => {
          response.setHeader('content-type', 'text/javascript')
          response.end(code)
        })
      })
    },
    async generateBundle() {
      const code = await bundleScript(SOURCE)
      const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8)
      fileName = `assets/first-${hash}.js`
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle: chunks = {} }) {
        if (!PAGES.some((page) => path.endsWith(page))) return html
        const chunksOfPage = path.endsWith(CLIENT) ? Object.values(chunks) : [] // the offline page has its own texts
        const catalogues = chunksOfPage.flatMap((chunk) => {
          const [, language] = CATALOGUE.exec((chunk.type === 'chunk' && chunk.facadeModuleId) || '') ?? []
          return language ? [` data-${language}="/${chunk.fileName}"`] : []
        })
        const src = isBuild ? fileName : `${SOURCE}.js`
        return html.replace('<title>', `<script src="/${src}"${catalogues.join('')}></script>\n<title>`)
      },
    },
  }
}
