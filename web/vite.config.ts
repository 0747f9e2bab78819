import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

import { compressed } from './build/compressed.ts'
import { documents } from './build/documents.ts'
import { firstTheme } from './build/firstTheme.ts'
import { registered } from './build/registered.ts'

const SERVER = 'http://127.0.0.1:8000' // where `npm run dev` finds the rest of Tweeter

export default defineConfig({
  plugins: [documents(), react(), firstTheme(), compressed(), registered()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  worker: { format: 'es' }, // the editor's workers load parts of themselves when they are needed
  build: {
    manifest: true,
    modulePreload: { polyfill: false }, // whatever knows light-dark() knows it
    assetsInlineLimit: 0, // all from files, as the Content-Security-Policy of serving/pages.py wants it
    chunkSizeWarningLimit: 5000, // kB; the playground's editor is that large
    rolldownOptions: {
      input: ['index.html', 'playground.html'],
      output: {
        // Few files: on a phone each one more costs time before the first post is seen.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'runtime', test: /preload-helper|rolldown\/runtime/ }, // apart: the playground has no use for our styles
            { name: 'parts', test: /\/src\/(ui|lists|forms|page)\// },
          ],
        },
      },
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log) // of a compiler that has already run
      },
    },
  },
  server: { proxy: { '/graphql': { target: SERVER, ws: true }, '/media': SERVER } },
})
