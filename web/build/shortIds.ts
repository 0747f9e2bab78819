import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import type { Plugin } from 'vite'

const IDS_IN_CODE = /\bid: "([A-Za-z0-9+/]{6})"/g
const CATALOGUE = /JSON\.parse\((".*")\)/s

/**
 * Replaces the ids of messages, which are hashes, by positions in a list, and the compiled catalogues by lists. Hashes cannot
 * be compressed: without this, the first load would be 2.7 kB larger.
 */
export function shortIds(): Plugin {
  let positions = new Map<string, number>()
  const shorten = (id: string): string => String(positions.get(id))
  return {
    name: 'short-ids',
    apply: 'build',
    async buildStart() {
      const config = getConfig()
      const [catalog] = await getCatalogs(config)
      const messages = (await catalog?.read(config.sourceLocale ?? '')) ?? {}
      positions = new Map(
        Object.keys(messages)
          .sort()
          .map((id, position) => [id, position]),
      )
    },
    transform: {
      filter: { id: /\/src\/.*\.(tsx?|po)$/ },
      handler(code, id) {
        if (id.endsWith('.po')) return { code: code.replace(CATALOGUE, (_, json: string) => listed(json)), map: null }
        const isKnown = [...code.matchAll(IDS_IN_CODE)].every(([, hash = '']) => positions.has(hash))
        if (!isKnown) this.error('A message is in no catalogue: run `npm run extract`, then translate it.')
        return { code: code.replace(IDS_IN_CODE, (_, hash: string) => `id: "${shorten(hash)}"`), map: null }
      },
    },
  }

  function listed(json: string): string {
    const messages = JSON.parse(JSON.parse(json) as string) as Record<string, unknown>
    return `JSON.parse(${JSON.stringify(JSON.stringify([...positions.keys()].map((id) => messages[id])))})`
  }
}
