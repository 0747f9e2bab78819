import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

const SOURCES = new URL('../src/', import.meta.url)
const DECLARATION = /(?<=[{;]\s*)([a-z-]+):\s*([^;{}]+)(?=[;}])/g

const PHYSICAL_PROPERTY = /(^|-)(left|right)(-|$)/
const PHYSICAL_VALUE = /(^|[\s,(])(left|right)($|[\s,)])/
const FOUR_SIDES = /^(margin|padding|inset|border-(width|style|color|radius)|scroll-(margin|padding))$/
const SHIFTED = /translate(X|3d)?\(/

/** Returns the declarations of a stylesheet that keep their side when the layout is turned from right to left. */
function physicalIn(css: string): string[] {
  const declarations = [...css.replace(/\/\*.*?\*\//gs, '').matchAll(DECLARATION)]
  return declarations.flatMap(([, property = '', value = '']) =>
    isPhysical(property, value) ? [`${property}: ${value}`] : [],
  )
}

function isPhysical(property: string, value: string): boolean {
  if (property.startsWith('--')) return false
  if (PHYSICAL_PROPERTY.test(property) || PHYSICAL_VALUE.test(value)) return true
  if (FOUR_SIDES.test(property)) return differsBySide(property, valuesOf(value))
  return /^(transform|translate|scale|rotate)$/.test(property) && SHIFTED.test(value)
}

/** True if the right side differs from the left one. */
function differsBySide(property: string, [first, second, third, fourth]: string[]): boolean {
  if (property === 'border-radius')
    return first !== (second ?? first) || (third ?? first) !== (fourth ?? second ?? first)
  return fourth !== undefined && fourth !== second
}

/** Splits at spaces outside of parentheses. */
function valuesOf(value: string): string[] {
  const values = ['']
  let depth = 0
  for (const character of value.trim()) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0
    if (depth === 0 && character === ' ') values.push('')
    else values.push((values.pop() ?? '') + character)
  }
  return values
}

const STYLESHEETS = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.css') && !name.startsWith('playground/'),
)

test.each(STYLESHEETS)('%s has no left and no right side', (name) => {
  expect(physicalIn(readFileSync(new URL(name, SOURCES), 'utf8'))).toEqual([])
})

test.each([
  'left: 0',
  'margin-left: 1rem',
  'border-right: 1px solid',
  'border-top-left-radius: 2px',
  'text-align: right',
  'float: left',
  'padding: 0 1rem 0 2rem',
  'inset: 0 auto auto 0',
  'margin: 0 calc(1px + (2px * (2 + 1))) 0 0',
  'border-radius: 4px 0 0 4px',
  'transform: translateX(4px)',
  'transform-origin: left top',
  'background: linear-gradient(to right, red, blue)',
  'scroll-margin-left: 1px',
])('%s is physical', (declaration) => {
  expect(physicalIn(`.a { color: red; ${declaration}; }`)).toEqual([declaration])
})

test.each([
  'inset-inline-start: 0',
  'padding: 0 1rem',
  'padding: 0 1rem 2rem',
  'padding: 1px 2px 3px 2px',
  'inset: min(0px, (100% - var(--a)) / 2)',
  'border-radius: 4px',
  'border-radius: 4px 4px 0 0',
  'transform: translateY(4px)',
  'text-align: start',
  '--left: 1px',
])('%s is logical, or the same on both sides', (declaration) => {
  expect(physicalIn(`.a { ${declaration} }`)).toEqual([])
})
