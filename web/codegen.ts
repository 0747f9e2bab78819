import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

export default {
  schema: '../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**', '!src/playground/**', '!src/**/*.test.ts'],
  generates: {
    'src/gql/cacheTypes.ts': { plugins: ['./build/cacheTypes.js'] },
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' } },
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        nonOptionalTypename: true,
        skipTypeNameForRoot: true,
        enumsAsTypes: true,
        scalars: { DateTime: 'string', Upload: 'File' },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
} satisfies CodegenConfig
