import { transformAsync } from '@babel/core'
import type { Plugin } from 'vite'

/** Replaces the macros of Lingui (t, Trans, Plural) by calls. Production builds keep the ids of the messages, not their texts. */
export function macros(): Plugin {
  return {
    name: 'macros',
    enforce: 'pre',
    transform: {
      filter: {
        id: { include: /\/src\/.*\.tsx?$/, exclude: /\/src\/(gql|playground)\// },
        code: /@lingui\/(core|react)\/macro/,
      },
      async handler(code, id) {
        const result = await transformAsync(code, {
          filename: id,
          plugins: ['@lingui/babel-plugin-lingui-macro'],
          parserOpts: { plugins: ['typescript', 'jsx'] },
          sourceMaps: true,
          configFile: false,
          babelrc: false,
        })
        return { code: result?.code ?? code, map: result?.map ?? null }
      },
    },
  }
}
