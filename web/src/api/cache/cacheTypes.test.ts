import { buildSchema, isAbstractType, isObjectType } from 'graphql'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { KEYLESS_TYPES, POSSIBLE_TYPES } from '@/gql/cacheTypes'

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'))
const ROOTS = ['Query', 'Mutation', 'Subscription']
const types = Object.values(schema.getTypeMap()).filter(isObjectType)

test.each(types.map(({ name }) => name).filter((name) => !name.startsWith('__') && !ROOTS.includes(name)))(
  '%s has either an id or no key',
  (name) => {
    const type = schema.getType(name)
    const hasId = isObjectType(type) && 'id' in type.getFields()
    expect(KEYLESS_TYPES.includes(name)).toBe(!hasId)
  },
)

test('no other type is without a key', () => {
  expect(KEYLESS_TYPES.filter((name) => !types.some((type) => type.name === name))).toEqual([])
})

test('the possible types of all interfaces and unions are known', () => {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType)
  expect(POSSIBLE_TYPES).toEqual(
    Object.fromEntries(
      abstract.map((type) => [
        type.name,
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      ]),
    ),
  )
})
