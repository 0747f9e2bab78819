// Every audit of GraphQL over HTTP that graphql-http has for servers, against an endpoint: `node audits.mjs URL`.
// Prints a JSON list: of each its id and name, and where it fails, why.
import { serverAudits } from 'graphql-http'

const url = process.argv[2]
const results = []
for (const { id, name, fn } of serverAudits({ url })) {
  const { status, reason } = await fn()
  results.push({ id, name, failure: status === 'ok' ? null : reason })
}
console.log(JSON.stringify(results))
