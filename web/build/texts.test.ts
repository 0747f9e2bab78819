import { fileURLToPath } from 'node:url'

import { ESLint } from 'eslint'
import { beforeAll, expect, test } from 'vitest'

const WEB = fileURLToPath(new URL('..', import.meta.url))
const FILE = `${WEB}src/ui/Wordmark.tsx` // the rule reads types, so the file must be part of the project
const RULES = ['lingui/no-unlocalized-strings', 'no-restricted-syntax', 'lingui/t-call-in-function']

const IMPORTS = `
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { toast } from '@/ui/overlays/toastStore'
`

let eslint: ESLint
beforeAll(() => {
  eslint = new ESLint({ cwd: WEB })
})

/** Returns the rules about texts that a component with this code breaks. */
async function broken(code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(IMPORTS + code, { filePath: FILE })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId).filter((rule) => RULES.includes(rule ?? ''))
}

test.each([
  ['text', 'export const X = () => <p>Hello there</p>'],
  ['one word', 'export const X = () => <p>Hello</p>'],
  ['a label', 'export const X = () => <p aria-label="Hello" />'],
  ['a tooltip', 'export const X = ({ isOn }: { isOn: boolean }) => <p title={isOn ? "on" : "It is off"} />'],
  ['a placeholder', 'export const X = () => <input placeholder="Write here" />'],
  ['a template', 'export const X = ({ name }: { name: string }) => <p>{`Post by ${name}`}</p>'],
  ['a toast', 'export const x = () => toast("It was saved.")'],
  ['a table of texts', 'export const X: Record<string, string> = { a: "Write a post" }'],
  ['a translation at the top of a module', 'export const X = t`Hello`'],
])('%s outside of a catalogue is refused', { timeout: 120_000 }, async (_, code) => {
  expect(await broken(code)).not.toEqual([])
})

test('other strings are allowed', { timeout: 120_000 }, async () => {
  const code = `export const X = ({ alias }: { alias: string }) => (
    <a className="visually-hidden" role="status" href={\`/@\${alias}/posts\`} data-state="over">
      @{alias} · <Trans>Hello</Trans> {t\`there\`}
    </a>
  )`
  expect(await broken(code)).toEqual([])
})
