import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const SOURCES = new URL('../..', import.meta.url)
const LOCALIZED =
  /\bIntl\.\w+\(\s*([^\s,)]*)|\.toLocale\w*String\(\s*([^\s,)]*)|\.toLocale(?:Upper|Lower)Case\(\s*([^\s,)]*)/g

test('all formatted dates, numbers and letters use LOCALE', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!test)\.tsx?$/.test(name),
  )
  const found = files.flatMap((name) =>
    [...readFileSync(new URL(name, SOURCES), 'utf8').matchAll(LOCALIZED)].map((match) => ({
      name,
      locale: match[1] ?? match[2] ?? match[3],
    })),
  )
  expect(found.length).toBeGreaterThan(5)
  expect(found.filter(({ locale }) => locale !== 'LOCALE')).toEqual([])
})
