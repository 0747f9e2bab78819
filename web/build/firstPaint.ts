import { createHash } from 'node:crypto'

import { build, type Plugin } from 'vite'

const SOURCE = 'src/settings/firstPaint.ts'
const CATALOGUE = /\/catalogues\/(\w+)\.po$/

/**
 * Adds a classic, render-blocking script to the head of the client, before its styles. Its data attributes say where the
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
        void bundle(false).then((code) => {
          response.setHeader('content-type', 'text/javascript')
          response.end(code)
        })
      })
    },
    async generateBundle() {
      const code = await bundle(true)
      const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8)
      fileName = `assets/first-${hash}.js`
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle: chunks = {} }) {
        if (!path.endsWith('/index.html')) return html
        const catalogues = Object.values(chunks).flatMap((chunk) => {
          const [, language] = CATALOGUE.exec((chunk.type === 'chunk' && chunk.facadeModuleId) || '') ?? []
          return language ? [` data-${language}="/${chunk.fileName}"`] : []
        })
        const src = isBuild ? fileName : `${SOURCE}.js`
        return html.replace('<title>', `<script src="/${src}"${catalogues.join('')}></script>\n<title>`)
      },
    },
  }
}

async function bundle(minify: boolean): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { tsconfigPaths: true },
    build: {
      write: false,
      minify,
      modulePreload: false,
      rolldownOptions: { input: SOURCE, output: { format: 'iife' } },
    },
  })
  if (!('output' in result)) throw new Error('the first script was not bundled')
  return result.output[0].code
}
