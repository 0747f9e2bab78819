import js from '@eslint/js'
import a11y from 'eslint-plugin-jsx-a11y'
import lingui from 'eslint-plugin-lingui'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import { configs } from 'typescript-eslint'

const TOOLTIP = 'JSXAttribute[name.name=/^(title|aria-(label|description|roledescription|valuetext))$/]'
const TEXTS = 'Literal[value=/[A-Z]/], TemplateLiteral:has(TemplateElement[value.raw=/[A-Za-z]/])'

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
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'react', importNames: ['lazy'], message: 'Use lazyOverlay, or app/lazyPages.tsx.' }] },
      ],
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
  {
    // Texts for users stand in t`…`, msg`…` or <Trans>, and nowhere else.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/playground/**', 'src/api/cache/**', '**/*.{test,testing}.*'],
    plugins: { lingui },
    rules: {
      'lingui/no-unlocalized-strings': [
        'error',
        {
          useTsTypes: true, // strings whose type is a union of literals are not texts
          ignore: [
            '^[^A-Za-z]*$',
            '^[^A-Z\\s]+$', // attributes, addresses, selectors
            '^[A-Z_]+$', // codes
            '^[a-z]+([A-Z][a-z]*)+$', // names of fields
            '^([A-Z][a-z]+){2,}$', // names of types
            '^[^A-Z]*[\\[#][^A-Z]*$', // selectors
            '^(· )?Tweeter$',
            '^tweeter\\.', // keys of stored values
            '^(Bearer|light dark|not all)\\s*$',
            '^M\\d', // paths of icons
          ],
          ignoreNames: ['__typename'],
          ignoreFunctions: ['graphql', 'Error', 'RegExp', '*.closest', '*.matches'],
        },
      ],
      // The rule above ignores tooltips of HTML elements.
      'no-restricted-syntax': [
        'error',
        ...['', '> JSXExpressionContainer', ':matches(ConditionalExpression, LogicalExpression)'].map((within) => ({
          selector: `${TOOLTIP} ${within} > :matches(${TEXTS})`,
          message: 'Text is not marked for translation.',
        })),
      ],
      'lingui/no-trans-inside-trans': 'error',
      'lingui/no-single-variables-to-translate': 'error',
      'lingui/no-single-tag-to-translate': 'error',
      'lingui/t-call-in-function': 'error', // a text at the top of a module would stay in the first language
    },
  },
  { files: ['**/*.{js,mjs}'], extends: [js.configs.recommended], languageOptions: { globals: globals.node } },
)
