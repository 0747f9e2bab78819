import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    {
      path: '<rootDir>/src/lib/i18n/catalogues/{locale}',
      include: ['<rootDir>/src'],
      exclude: ['**/src/{gql,playground}/**', '**/*.{test,testing}.*'],
    },
  ],
  format: formatter({ lineNumbers: false }),
})
