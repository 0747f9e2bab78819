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
      hooks.configs.flat['recommended-latest'], // includes the rules of the React compiler
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Forms read only text fields as strings. The type of FormData also allows File.
      '@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['File'] }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // handlers are written as `() => act()`
      '@typescript-eslint/no-unsafe-enum-comparison': 'off', // tsc checks React Router's enum against its string values
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      // The articles of a feed are focusable and open on a click or Enter (the ARIA feed pattern). A dialog handles clicks
      // on its backdrop.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: ['article'], roles: [] }],
      'jsx-a11y/no-noninteractive-element-interactions': [
        'error',
        { article: ['onClick', 'onKeyDown'], dialog: ['onCancel', 'onMouseDown'] },
      ],
    },
  },
  { files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
)
