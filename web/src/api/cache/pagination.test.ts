import { expect, test } from 'vitest'

import { type Answering, makeAnswering } from '@/api/testClient.testing'

const FEED = `query Feed($after: String) { feed(first: 2, after: $after) {
  edges { cursor node { id author { id } } } pageInfo { hasNextPage endCursor } } }`
const STORY = `query Story($alias: String!, $after: String) { user(alias: $alias) { id story(first: 2, after: $after) {
  edges { node { id } } pageInfo { hasNextPage endCursor } } } }`
const DELETE = 'mutation Delete($id: ID!) { deletePost(input: { id: $id }) { __typename } }'

/** A page of two posts of a list, as the server answers it. */
function pageOf(all: readonly string[], after: unknown): object {
  const from = typeof after === 'string' ? all.findIndex((id) => id < after) : 0
  const ids = from < 0 ? [] : all.slice(from, from + 2)
  const last = ids.at(-1)
  return {
    __typename: 'PostConnection',
    edges: ids.map((id) => ({
      __typename: 'PostEdge',
      cursor: id,
      node: { __typename: 'Post', id, author: { __typename: 'User', id: 'ann' } },
    })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: last !== undefined && last !== all.at(-1),
      endCursor: last ?? null,
    },
  }
}

interface Feed {
  feed: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

async function read({ client }: Answering, after?: string): Promise<void> {
  await client.query(FEED, after ? { after } : {}, { requestPolicy: 'network-only' }).toPromise()
}

function shown({ client }: Answering): string {
  const data = client.readQuery<Feed>(FEED, {})?.data
  return data ? data.feed.edges.map(({ node }) => node.id).join('') : 'nothing'
}

/** A server with a feed, which tests may change, of posts that are later the later their letter. */
function serve(feed: string): Answering & { feed: string } {
  const server = { feed }
  const answering = makeAnswering({
    Feed: ({ after }) => ({ feed: pageOf(Array.from(server.feed), after) }),
    Story: ({ alias, after }) => ({
      user: { __typename: 'User', id: alias, story: pageOf(alias === 'ann' ? ['d', 'c', 'b'] : ['z'], after) },
    }),
    Delete: () => ({ deletePost: { __typename: 'PostNotFound', message: 'gone' } }),
  })
  return Object.assign(server, answering)
}

test('a list is unknown until its first page has been read', async () => {
  const server = serve('fedcba')
  await read(server, 'e')
  expect(shown(server)).toBe('nothing')
  await read(server)
  expect(shown(server)).toBe('fedc')
})

test('each page is put behind the one before it, and the end is that of the last', async () => {
  const server = serve('fedcb')
  await read(server)
  expect(server.client.readQuery<Feed>(FEED, {})?.data?.feed.pageInfo).toMatchObject({
    hasNextPage: true,
    endCursor: 'e',
  })
  await read(server, 'e')
  await read(server, 'c')
  expect(shown(server)).toBe('fedcb')
  expect(server.client.readQuery<Feed>(FEED, {})?.data?.feed.pageInfo.hasNextPage).toBe(false)
})

test('a page that does not follow on is not shown', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'c')
  expect(shown(server)).toBe('fe')
})

test('a first page that ends elsewhere lets go of the pages behind the old one', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  server.feed = `g${server.feed}`
  await read(server)
  expect(shown(server)).toBe('gf')
})

test('a first page that ends where it did keeps the pages behind it', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  await read(server)
  expect(shown(server)).toBe('fedc')
})

test('a page behind the end of a list that has become shorter is not shown', async () => {
  const server = serve('fedc')
  await read(server)
  await read(server, 'e')
  server.feed = 'fe'
  await read(server)
  expect(shown(server)).toBe('fe')
})

test('a deleted post is in no page, and the pages still follow on', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  await server.client.mutation(DELETE, { id: 'e' }).toPromise()
  expect(shown(server)).toBe('fdc')
})

test('lists of different accounts are apart', async () => {
  const { client } = serve('')
  const story = (alias: string, after?: string) =>
    client.query(STORY, { alias, ...(after && { after }) }, { requestPolicy: 'network-only' }).toPromise()
  await story('bob')
  await story('ann')
  await story('ann', 'c')
  const ids = (alias: string): unknown[] =>
    client
      .readQuery<{ user: { story: { edges: { node: { id: string } }[] } } }>(STORY, { alias })
      ?.data?.user.story.edges.map(({ node }) => node.id) ?? []
  expect(ids('ann')).toEqual(['d', 'c', 'b'])
  expect(ids('bob')).toEqual(['z'])
})
