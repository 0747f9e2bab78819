import type { Client } from '@urql/core'
import { expect, test, vi } from 'vitest'

import { createTestClient } from '@/api/testClient.testing'

vi.spyOn(console, 'warn').mockReturnValue() // the cache warns of fields that only other types of a union have

const COUNTS = '{ id replyCount quoteCount }'
const PARENT = `query Parent { post(id: "parent") ${COUNTS} }`
const CREATE = `mutation Create { createPost(input: { text: "own" }) {
  ... on PostCreated { post { id inReplyTo ${COUNTS} quote { post ${COUNTS} } } } } }`
const DELETE = 'mutation Delete($id: ID!) { deletePost(input: { id: $id }) { __typename } }'

async function open(outcome: string, isKnown = true): Promise<Client> {
  const parent = { __typename: 'Post', id: 'parent', replyCount: 3, quoteCount: 3 }
  const own = { __typename: 'Post', id: 'own', inReplyTo: parent, quote: { __typename: 'Quote', post: parent } }
  const { client } = createTestClient({
    Parent: () => ({ post: parent }),
    Create: () => ({ createPost: { __typename: 'PostCreated', post: own } }),
    Delete: () => ({ deletePost: { __typename: outcome, message: 'why' } }),
  })
  await client.query(PARENT, {}).toPromise()
  if (isKnown) await client.mutation(CREATE, {}).toPromise()
  return client
}

const counts = (client: Client): unknown => client.readQuery(PARENT, {})?.data

test('a deleted reply that also quotes is counted no more, and once', async () => {
  const client = await open('PostDeleted')
  await client.mutation(DELETE, { id: 'own' }).toPromise()
  await client.mutation(DELETE, { id: 'own' }).toPromise()
  expect(counts(client)).toMatchObject({ post: { replyCount: 2, quoteCount: 2 } })
})

test.each([
  ['a deletion that fails', 'AnErrorOfTomorrow', true],
  ['a deletion of a post that the cache does not know', 'PostDeleted', false],
])('%s changes no count', async (_, outcome, isKnown) => {
  const client = await open(outcome, isKnown)
  await client.mutation(DELETE, { id: 'own' }).toPromise()
  expect(counts(client)).toMatchObject({ post: { replyCount: 3, quoteCount: 3 } })
})
