import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { beforeAll, expect, test } from 'vitest'

const WEB = fileURLToPath(new URL('..', import.meta.url))

/** A small src/: each module and the modules that it imports. */
const IMPORTS: Record<string, string[]> = {
  main: ['app/App'],
  'app/App': ['settings/Settings', 'lib/store'],
  'settings/Settings': ['ui/Button'],
  'session/session': ['feed/Home'],
  'api/client': ['ui/Button'],
  'ui/Icon': ['ui/Avatar'],
  'ui/Avatar': ['ui/Icon'],
  'posts/card/Post': ['posts/text/PostText'],
  'posts/text/excerpt': ['posts/card/Author'],
  'novel/Page': ['lib/store'],
  'app/Routes': ['novel/Leaf'],
  'playground/Bar': ['lib/store'],
  'app/Aside': ['playground/ask'],
  'lists/EndlessList': ['lists/pages.testing'],
}

let broken: string[]
beforeAll(async () => {
  const tree = await mkdtemp(join(tmpdir(), 'dependencies-'))
  try {
    await cp(join(WEB, 'tsconfig.json'), join(tree, 'tsconfig.json'))
    for (const name of new Set([...Object.keys(IMPORTS), ...Object.values(IMPORTS).flat()]))
      await writeModule(tree, name)
    broken = await check(tree)
  } finally {
    await rm(tree, { recursive: true })
  }
}, 60_000)

async function writeModule(tree: string, name: string): Promise<void> {
  const path = join(tree, 'src', `${name}.ts`)
  const lines = (IMPORTS[name] ?? []).map((other, index) => `import type { T as T${index} } from '@/${other}'`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, [...lines, 'export type T = string'].join('\n'))
}

/** Returns the rules that a tree breaks, each with the module or folder that breaks it. */
async function check(tree: string): Promise<string[]> {
  const options = ['--config', join(WEB, 'dependencies.config.js'), '--output-type', 'json', 'src']
  const output = await new Promise<string>((resolve) => {
    execFile(join(WEB, 'node_modules/.bin/depcruise'), options, { cwd: tree }, (_, stdout) => resolve(stdout))
  })
  type Violation = { rule: { name: string }; from: string }
  const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } }
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
}

test.each([
  ['an import from a higher layer', 'layer-session: src/session/session.ts'],
  ['an import between folders of one layer', 'layer-api: src/api/client.ts'],
  ['a cycle of files', 'no-file-cycle: src/ui/Avatar.ts'],
  ['a cycle of nested folders without a cycle of files', 'no-folder-cycle: src/posts/card'],
  ['an import by a folder without a layer', 'folder-without-layer: src/novel/Page.ts'],
  ['an import from a folder without a layer', 'folder-without-layer: src/app/Routes.ts'],
  ['code of the client in the playground', 'playground-stands-alone: src/playground/Bar.ts'],
  ['code of the playground in the client', 'playground-is-not-shared: src/app/Aside.ts'],
  ['a test helper in the product', 'test-helpers-only-in-tests: src/lists/EndlessList.ts'],
])('%s is refused', (_, violation) => {
  expect(broken).toContain(violation)
})

test('imports from lower layers are allowed', () => {
  expect(broken.filter((violation) => /main|App|Settings|Button/.test(violation))).toEqual([])
})
