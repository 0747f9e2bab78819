/** A plugin of GraphQL Code Generator: what the cache has to know about the types of the schema. */

import { isAbstractType, isObjectType } from 'graphql'

export function plugin(schema) {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
  const keyless = types
    .filter((type) => isObjectType(type) && !roots.includes(type) && !('id' in type.getFields()))
    .map(({ name }) => name)
    .sort()
  const possible = types.filter(isAbstractType).map((type) => [
    type.name,
    schema
      .getPossibleTypes(type)
      .map(({ name }) => name)
      .sort(),
  ])
  return [
    constant('The object types without an `id`.', 'KEYLESS_TYPES', keyless),
    constant('The object types of each interface and union.', 'POSSIBLE_TYPES', Object.fromEntries(possible)),
  ].join('\n')
}

const constant = (comment, name, value) =>
  `/** ${comment} */\nexport const ${name} = ${JSON.stringify(value, null, 2)};\n`
