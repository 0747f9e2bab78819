import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { beforeAll, expect, test } from 'vitest'

import { LANGUAGES } from '../src/lib/i18n/languages'

const EXTRACT = 'run `npm run extract` in web/, then translate what is empty'
const CONFIG = getConfig()

type Message = { message?: string; translation?: string; obsolete?: boolean }
type Messages = Record<string, Message>

let used: Messages
const catalogues = new Map<string, Messages>()
beforeAll(async () => {
  const [catalog] = await getCatalogs(CONFIG)
  if (!catalog) throw new Error('lingui.config.ts has no catalogue')
  used = (await catalog.collect()) ?? {}
  for (const locale of CONFIG.locales) catalogues.set(locale, await catalog.read(locale))
}, 60_000)

test('each language of the menu has a catalogue', () => {
  expect(LANGUAGES.map(([language]) => language)).toEqual(CONFIG.locales)
})

test('the code has texts', () => {
  expect(Object.keys(used).length).toBeGreaterThan(100)
})

test.each(CONFIG.locales)('the catalogue %s has each text of the code, and no other one', (locale) => {
  expect(Object.keys(catalogues.get(locale) ?? {}).sort(), EXTRACT).toEqual(Object.keys(used).sort())
})

test.each(CONFIG.locales)('each text is translated into %s, with its arguments and elements', (locale) => {
  const differing = Object.entries(catalogues.get(locale) ?? {}).flatMap(([id, { translation = '' }]) => {
    const source = used[id]?.message ?? ''
    const isSame = translation !== '' && partsOf(translation).join() === partsOf(source).join()
    return isSame ? [] : [{ source, translation }]
  })
  expect(differing).toEqual([])
})

test.each(CONFIG.locales)('plurals in %s have exactly the forms of the language', (locale) => {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.sort()
  const plurals = Object.values(catalogues.get(locale) ?? {}).flatMap(({ translation = '' }) =>
    pluralsIn(compileMessage(translation)),
  )
  expect(plurals.length).toBeGreaterThan(2)
  const formsOf = ({ offset: _, ...plural }: Plural): string => Object.keys(plural).sort().join()
  expect(plurals.filter((plural) => formsOf(plural) !== forms.join())).toEqual([])
})

test('the English texts are those of the code', () => {
  for (const [id, { translation }] of Object.entries(catalogues.get('en') ?? {})) {
    expect(translation).toBe(used[id]?.message)
  }
})

/** Returns the names of all arguments and the numbers of all elements in a message, without repetitions. */
function partsOf(message: string): string[] {
  const elements = [...message.matchAll(/<(\d+)\/?>/g)].map(([, number]) => `<${String(number)}>`)
  return [...new Set([...argumentsIn(compileMessage(message)), ...elements])].sort()
}

type Compiled = ReturnType<typeof compileMessage>
type Plural = Record<string, Compiled>

function argumentsIn(message: Compiled | undefined): string[] {
  if (!Array.isArray(message)) return [] // a text, or the offset of a plural
  return message.flatMap((part) => {
    if (typeof part === 'string') return []
    const [name, type = '', options] = part as [string, string?, Plural?]
    return [`${name} ${type}`, ...Object.values(options ?? {}).flatMap((option) => argumentsIn(option))]
  })
}

function pluralsIn(message: Compiled): Plural[] {
  if (typeof message === 'string') return []
  return message.flatMap((part) => {
    const [, type, options] = Array.isArray(part) ? (part as [string, string?, Plural?]) : []
    return type === 'plural' && options ? [options] : []
  })
}
