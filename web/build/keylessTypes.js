/** A plugin of GraphQL Code Generator: lists the object types without an `id`, which the cache cannot key. */

import { isObjectType } from 'graphql'

export function plugin(schema) {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type))
    .filter((type) => !('id' in type.getFields()))
    .map(({ name }) => name)
    .sort()
  return `/** The object types of the schema without an \`id\`. */\nexport const KEYLESS_TYPES = ${JSON.stringify(names, null, 2)};\n`
}
