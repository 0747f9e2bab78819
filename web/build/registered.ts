import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core'
import { type Plugin, runnerImport } from 'vite'

const DOCUMENTS = 'src/gql/graphql.ts'

/** Writes all documents of the client by their SHA-256, for servers that execute only registered documents. */
export function registered(): Plugin {
  return {
    name: 'registered',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const { module } = await runnerImport<Record<string, unknown>>(DOCUMENTS)
      const texts = Object.values(module).filter(isOperation).map(sent)
      const bySha256 = Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]))
      await writeFile(join(dir, 'persisted-documents.json'), JSON.stringify(bySha256, null, 2))
    },
  }
}

/** Returns the exact text that the client sends. */
function sent(document: TypedDocumentNode): string {
  return stringifyDocument(formatDocument(document) as TypedDocumentNode)
}

function isOperation(value: unknown): value is TypedDocumentNode {
  if (typeof value !== 'object' || value === null || !('definitions' in value)) return false
  const { definitions } = value
  return Array.isArray(definitions) && definitions.some(({ kind }) => kind === 'OperationDefinition')
}
