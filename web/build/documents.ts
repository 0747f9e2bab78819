import type { Plugin } from 'vite'

const CALL = /\bgraphql\(\s*`\s*(fragment|query|mutation|subscription)\s+(\w+)[^`]*`,?\s*\)/g

/** Replaces graphql(`…`) by the generated document. Otherwise, it would look the text up in a map of all texts at run time. */
export function documents(): Plugin {
  return {
    name: 'documents',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: { include: /\/src\/.*\.tsx?$/, exclude: /\/src\/(gql|playground)\// }, code: 'graphql(`' },
      handler(code) {
        const names: string[] = []
        const replaced = code.replace(CALL, (_, kind: string, name: string) => {
          const document = kind === 'fragment' ? `${name}FragmentDoc` : `${name}Document`
          names.push(document)
          return document
        })
        return { code: `import { ${names.join(', ')} } from '@/gql/graphql'\n${replaced}`, map: null }
      },
    },
  }
}
