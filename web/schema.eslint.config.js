// Lints ../schema.graphql, with the rules of Relay's connections. `npm run schema` runs it from the directory above.
import plugin, { parser } from '@graphql-eslint/eslint-plugin'

// Findings that stay, each with its reason. One that is not found any more is an error.
const ACCEPTED = {
  'Unexpected scalar result type `Boolean` for field "logout" in type "Mutation"': 'deprecated for signOut',
  'Unexpected scalar result type `Int` for field "endOtherSessions" in type "Mutation"':
    'deprecated for signOutElsewhere',
}

// The schema is generated, so its findings cannot be accepted by comments in it.
const acceptFindings = {
  meta: { name: 'accept-findings', version: '1' },
  preprocess: (text) => [text],
  postprocess: ([found]) => {
    const messages = new Set(found.map(({ message }) => message))
    const outdated = Object.keys(ACCEPTED).filter((message) => !messages.has(message))
    return [
      ...found.filter(({ message }) => !(message in ACCEPTED)),
      ...outdated.map((message) => ({
        ruleId: 'accept-findings',
        message: `Accepted but not found: ${message}`,
        severity: 2,
        line: 1,
        column: 1,
      })),
    ]
  },
}

export default [
  {
    files: ['schema.graphql'],
    plugins: { '@graphql-eslint': plugin },
    processor: acceptFindings,
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    rules: {
      ...plugin.configs['flat/schema-recommended'].rules,
      ...plugin.configs['flat/schema-relay'].rules,
      '@graphql-eslint/input-name': 'error',
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      // Only the feed is read in both directions.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Bounded lists are no connections: the segments of a text, the fields of an error, the nodes of given ids.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: true, withEdgeSuffix: true },
      ],
      // Edges, results and values have no identity. tests/schema/test_ids.py checks the ids that there are.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
]
