import type { CombinedError } from '@urql/core'
import { expect, test, vi } from 'vitest'

import { createTestClient, type TestClient } from '@/api/testClient.testing'

vi.spyOn(console, 'warn').mockReturnValue() // the cache warns of fields that only other types of a union have

const POST = `query Post { post(id: "1") { id likeCount likedByViewer } }`
const LIKES = `query Likes($id: ID!, $after: String) { post(id: $id) { id likes(first: 2, after: $after) {
  edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } }`
const LIKE = `mutation Like { like(input: { postId: "1" }) {
  __typename ... on Liked { post { id likeCount likedByViewer } } ... on Error { message } } }`

const LIKERS = {
  __typename: 'LikeConnection',
  edges: [{ __typename: 'LikeEdge', cursor: 'c', node: { __typename: 'User', id: 'ann' } }],
  pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: 'c' },
}
const MISSING = { __typename: 'PostNotFound', message: 'gone' }

interface World extends TestClient {
  /** Lets the mutations answer. */
  answer: () => void
  /** Lets the list answer. */
  list: () => void
}

/** Returns a promise and the function that resolves it. */
function gate(): [Promise<void>, () => void] {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return [opened, () => open()]
}

function serve(liked: () => unknown): World {
  const [mayAnswer, answer] = gate()
  const [mayList, list] = gate()
  const post = { __typename: 'Post', id: '1' }
  const client = createTestClient({
    Post: () => ({ post: { ...post, likeCount: 0, likedByViewer: false } }),
    Likes: ({ id }) => mayList.then(() => ({ post: { ...post, id, likes: LIKERS } })),
    Like: () => mayAnswer.then(liked),
  })
  return { ...client, answer, list }
}

type Result = CombinedError | object | undefined

/** Asks for the likes of a post and stays subscribed. Returns the results and the number of requests for them. */
function openList({ client, sent }: World, id = '1'): { results: Result[]; requests: () => number } {
  const results: Result[] = []
  client.query(LIKES, { id }).subscribe(({ data, error }) => results.push(error ?? (data as Result)))
  return { results, requests: () => sent.filter(({ name }) => name === 'Likes').length }
}

const liked = { __typename: 'Liked', post: { __typename: 'Post', id: '1', likeCount: 1, likedByViewer: true } }

test.each<[string, () => unknown]>([
  ['is done', () => ({ like: liked })],
  ['is refused', () => ({ like: MISSING })],
  ['fails', () => undefined],
  ['cannot be sent', () => Promise.reject(new Error('no network'))],
])('a list that is opened during a mutation is loaded when that %s', async (_, outcome) => {
  const world = serve(outcome)
  await world.client.query(POST, {}).toPromise()
  const ended = world.client.mutation(LIKE, {}).toPromise()
  const { results, requests } = openList(world)
  world.list()
  world.answer()
  await ended
  await vi.waitFor(() => expect(results).toHaveLength(1))
  expect(results[0]).toMatchObject({ post: { likes: { edges: [{ node: { id: 'ann' } }] } } })
  expect(requests()).toBe(1)
})

test('a query of other objects that is on its way is not sent again', async () => {
  const world = serve(() => ({ like: liked }))
  await world.client.query(POST, {}).toPromise()
  const { results, requests } = openList(world, '2')
  const ended = world.client.mutation(LIKE, {}).toPromise()
  world.answer()
  await ended
  await world.client.query(POST, {}, { requestPolicy: 'network-only' }).toPromise() // by now the client has sent what it would
  expect(requests()).toBe(1)
  world.list()
  await vi.waitFor(() => expect(results).toHaveLength(1))
})

test('a list that was left is not asked for', async () => {
  const world = serve(() => ({ like: liked }))
  await world.client.query(POST, {}).toPromise()
  const ended = world.client.mutation(LIKE, {}).toPromise()
  world.client
    .query(LIKES, {})
    .subscribe(() => undefined)
    .unsubscribe()
  world.answer()
  await ended
  await world.client.query(POST, {}, { requestPolicy: 'network-only' }).toPromise()
  expect(world.sent.map(({ name }) => name)).toEqual(['Post', 'Like', 'Post'])
})
