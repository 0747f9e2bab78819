import { ClientError, GraphQLClient } from 'graphql-request'

/** A query by POST and by GET, and an error as its class shows it. */
export async function queries(world) {
  const posting = new GraphQLClient(world.url, { headers: world.headers })
  const getting = new GraphQLClient(world.url, { headers: world.headers, method: 'GET', jsonSerializer: JSON })
  const document = 'query Viewer { viewer { alias } }'
  const aliases = []
  for (const client of [posting, getting]) aliases.push((await client.request(document)).viewer.alias)
  const refused = await posting.request('{ nothing }').catch((error) => error)
  return {
    aliases,
    codes: refused instanceof ClientError && refused.response.errors.map((error) => error.extensions.code),
  }
}
