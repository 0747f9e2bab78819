import { fileURLToPath } from 'node:url'

import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { compressed } from './build/compressed.ts'
import { documents } from './build/documents.ts'
import { firstPaint } from './build/firstPaint.ts'
import { macros } from './build/macros.ts'
import { offline } from './build/offline.ts'
import { registered } from './build/registered.ts'
import { shortIds } from './build/shortIds.ts'

const SERVER = 'http://127.0.0.1:8000' // the server that `npm run dev` forwards API requests to

export default defineConfig({
  plugins: [
    documents(),
    macros(),
    lingui({ failOnCompileError: true }),
    shortIds(),
    react(),
    firstPaint(),
    offline(),
    compressed(),
    registered(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  worker: { format: 'es' }, // the editor's workers load code on demand
  build: {
    manifest: true,
    modulePreload: { polyfill: false }, // every browser that supports light-dark() supports it
    assetsInlineLimit: 0, // keeps all assets as files, for the Content-Security-Policy of serving/pages.py
    chunkSizeWarningLimit: 5000, // kB; the editor of the playground is this large
    rolldownOptions: {
      input: ['index.html', 'playground.html', 'offline.html'],
      output: {
        // Few files, because each additional one delays the first post on phones.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'runtime', test: /preload-helper|rolldown\/runtime/ }, // separate, so that the playground does not load the client's styles
            { name: 'posts', test: /\/src\/(posts|people|feed|explore\/SearchBox)/, minShareCount: 2 }, // shared by Home and pages that are loaded later
            { name: 'parts', test: /\/src\/(ui|lists|forms|page)\/(?!overlays\/MenuItems)/ }, // not the menu library, which is loaded later
          ],
        },
      },
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log) // directives of a compiler that has already run
      },
    },
  },
  test: { setupFiles: ['src/lib/i18n/english.testing.ts'] },
  server: { proxy: { '/graphql': { target: SERVER, ws: true }, '/media': SERVER } },
})
