import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const SOURCES = new URL('../..', import.meta.url)
const LOCALIZED = /\bIntl\.\w+|\.toLocale\w*\(|\bi18n\.(?:number|date|time)\(/g
const CUTS = 'lib/text/graphemes.ts' // characters are the same in every language
const FORMATS = 'lib/i18n/format.ts'

test('all dates and numbers are formatted in one place', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!test)\.tsx?$/.test(name),
  )
  const found = files.flatMap((name) =>
    [...readFileSync(new URL(name, SOURCES), 'utf8').matchAll(LOCALIZED)].map(() => name),
  )
  expect(found.length).toBeGreaterThan(5)
  expect(found.filter((name) => name !== FORMATS && name !== CUTS)).toEqual([])
})
