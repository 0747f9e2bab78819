import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' }, // the editor's workers load parts of themselves when they are needed
  build: {
    assetsInlineLimit: 0, // all from files, as the Content-Security-Policy of serving/pages.py wants it
    chunkSizeWarningLimit: 5000, // kB; the playground's editor is that large
    rolldownOptions: {
      input: ['playground.html'],
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log) // of a compiler that has already run
      },
    },
  },
})
