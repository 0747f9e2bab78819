import { authorization } from './token'

/** Runs a query and returns its data. Throws if the request fails or returns no data. */
export async function ask<Data>(query: string, token = ''): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization(token) },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data?: Data | null }
  if (!data) throw new Error('The response has no data.')
  return data
}
