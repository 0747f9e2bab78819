// Live updates as the reference client of graphql-transport-ws reads them: `node updates.mjs WS-URL TOKEN`.
// Prints, as a JSON array, the text of the first post that arrives, or the codes of the errors that come instead.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const [url, token] = process.argv.slice(2)
const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${token}` } })
const updates = client.iterate({ query: 'subscription { feedUpdates { text } }' })
const codes = (errors) => errors.map((error) => error.extensions.code)

try {
  const { value } = await updates.next()
  console.log(JSON.stringify(value.errors ? codes(value.errors) : [value.data.feedUpdates.text]))
} catch (errors) {
  console.log(JSON.stringify(codes(errors)))
}
await updates.return()
await client.dispose()
