import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import bios from '../../../tests/domain/bios.json' with { type: 'json' }
import * as limits from './accountRules'

const SERVER = ['accounts', 'names', 'bios', 'passwords']
  .map((name) => readFileSync(new URL(`../../../domain/${name}.py`, import.meta.url), 'utf8'))
  .join('\n')
const RULES = Object.entries(limits).flatMap(([name, value]) =>
  typeof value === 'number' ? [[name, value] as const] : [],
)

test.each(RULES)('%s is %i, as on the server', (name, value) => {
  expect(Number(new RegExp(`^${name} = (\\d+)`, 'm').exec(SERVER)?.[1])).toBe(value)
})

test.each([
  ['a name of fifty letters', limits.nameProblem, 'x'.repeat(50), true],
  ['a name of fifty emoji', limits.nameProblem, '👩‍👩‍👧'.repeat(50), true],
  ['a name of fifty letters and spaces around', limits.nameProblem, ` ${'x'.repeat(50)} `, true],
  ['a name of fifty-one letters', limits.nameProblem, 'x'.repeat(51), false],
  ['a bio of 160 emoji', limits.bioProblem, '👩‍👩‍👧'.repeat(160), true],
  ['a bio of 160 letters between blank lines', limits.bioProblem, `\n\n${'x'.repeat(160)}\n\n`, true],
  ['a bio of 161 letters', limits.bioProblem, 'x'.repeat(161), false],
  ['a bio of eight lines', limits.bioProblem, 'x\n'.repeat(8), true],
  ['a bio of nine lines', limits.bioProblem, 'x\n'.repeat(9), false],
  ['an alias of thirty', limits.aliasProblem, 'x'.repeat(30), true],
  ['an alias with the @ that people type', limits.aliasProblem, ` @${'x'.repeat(30)}`, true],
  ['an alias of thirty-one', limits.aliasProblem, 'x'.repeat(31), false],
  ['an alias with an accent', limits.aliasProblem, 'josé', false],
  ['a password of eight', limits.passwordProblem, 'x'.repeat(8), true],
  ['a password of four emoji', limits.passwordProblem, '😀'.repeat(4), false],
  ['a password of 1,024 bytes', limits.passwordProblem, 'é'.repeat(512), true],
  ['a password of 1,026 bytes', limits.passwordProblem, 'é'.repeat(513), false],
] as const)('%s', (_, problemOf, typed, isAccepted) => {
  expect(problemOf(typed) === undefined).toBe(isAccepted)
})

test.each(bios as [string, string][])('the bio %j is tidied to %j, as on the server', (typed, stored) => {
  expect(limits.tidyBio(typed)).toBe(stored)
})
