import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { Plugin } from 'vite'

const SOURCE = 'src/settings/firstTheme.js'

/**
 * Adds a classic, render-blocking script to the head of the client, before its styles.
 * Vite drops `blocking="render"` of a module script: https://github.com/vitejs/vite/issues/18061
 */
export function firstTheme(): Plugin {
  const code = readFileSync(SOURCE, 'utf8')
  const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8)
  const fileName = `assets/theme-${hash}.js`
  let isBuild = false
  return {
    name: 'first-theme',
    configResolved({ command }) {
      isBuild = command === 'build'
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) =>
        path.endsWith('/index.html')
          ? html.replace('<title>', `<script src="/${isBuild ? fileName : SOURCE}"></script>\n<title>`)
          : html,
    },
  }
}
