import js from '@eslint/js'
import a11y from 'eslint-plugin-jsx-a11y'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import { configs } from 'typescript-eslint'

export default defineConfig(
  { ignores: ['dist', 'src/gql'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      js.configs.recommended,
      configs.strictTypeChecked,
      a11y.flatConfigs.strict,
      hooks.configs.flat['recommended-latest'], // with the rules of the React compiler
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The fields that forms read as strings are text; the type of FormData allows a File too.
      '@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['File'] }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `() => act()` is how handlers are written here
      '@typescript-eslint/no-unsafe-enum-comparison': 'off', // tsc compares React Router's enum with its string values
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      // The article of a feed is focusable, and opens on a click or Enter (the feed pattern of ARIA). A dialog hears the
      // clicks on its backdrop.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: ['article'], roles: [] }],
      'jsx-a11y/no-noninteractive-element-interactions': [
        'error',
        { article: ['onClick', 'onKeyDown'], dialog: ['onCancel', 'onMouseDown'] },
      ],
    },
  },
  { files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
)
