import { authorization } from './token'

/** The data of an answer. Errors: whatever fetch throws, and where there is no data. */
export async function ask<Data>(query: string, token = ''): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization(token) },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data?: Data | null }
  if (!data) throw new Error('The answer holds no data.')
  return data
}
