import { expect, test } from 'vitest'

import { createTestClient, type TestClient } from '@/api/testClient.testing'

const FEED = `query Feed($after: String) { feed(first: 2, after: $after) {
  edges { cursor node { id author { id } } } pageInfo { hasNextPage endCursor } } }`
const STORY = `query Story($alias: String!, $after: String) { user(alias: $alias) { id story(first: 2, after: $after) {
  edges { node { id } } pageInfo { hasNextPage endCursor } } } }`
const DELETE = 'mutation Delete($id: ID!) { deletePost(input: { id: $id }) { __typename } }'

/** Returns a page of two posts, like the server. */
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

async function read({ client }: TestClient, after?: string): Promise<void> {
  await client.query(FEED, after ? { after } : {}, { requestPolicy: 'network-only' }).toPromise()
}

function shown({ client }: TestClient): string {
  const data = client.readQuery<Feed>(FEED, {})?.data
  return data ? data.feed.edges.map(({ node }) => node.id).join('') : 'nothing'
}

/** A server with a feed that tests may change. Posts with later letters are newer. */
function serve(feed: string): TestClient & { feed: string } {
  const server = { feed }
  const testClient = createTestClient({
    Feed: ({ after }) => ({ feed: pageOf(Array.from(server.feed), after) }),
    Story: ({ alias, after }) => ({
      user: { __typename: 'User', id: alias, story: pageOf(alias === 'ann' ? ['d', 'c', 'b'] : ['z'], after) },
    }),
    Delete: () => ({ deletePost: { __typename: 'PostNotFound', message: 'gone' } }),
  })
  return Object.assign(server, testClient)
}

test('a list is unknown until its first page is loaded', async () => {
  const server = serve('fedcba')
  await read(server, 'e')
  expect(shown(server)).toBe('nothing')
  await read(server)
  expect(shown(server)).toBe('fedc')
})

test('pages are joined in order, with the end of the last one', async () => {
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

test('a page that does not follow the one before it is not shown', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'c')
  expect(shown(server)).toBe('fe')
})

test('a refreshed first page with another end drops the later pages', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  server.feed = `g${server.feed}`
  await read(server)
  expect(shown(server)).toBe('gf')
})

test('a refreshed first page with the same end keeps the later pages', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  await read(server)
  expect(shown(server)).toBe('fedc')
})

test('a page beyond the end of a shortened list is not shown', async () => {
  const server = serve('fedc')
  await read(server)
  await read(server, 'e')
  server.feed = 'fe'
  await read(server)
  expect(shown(server)).toBe('fe')
})

test('a deleted post is in no page, and the pages stay connected', async () => {
  const server = serve('fedcba')
  await read(server)
  await read(server, 'e')
  await server.client.mutation(DELETE, { id: 'e' }).toPromise()
  expect(shown(server)).toBe('fdc')
})

test('lists of different accounts are separate', async () => {
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

const BOOKMARKS = `query Bookmarks($after: String) { bookmarks(first: 2, after: $after) {
  edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`

test('a first page of bookmarks drops the later pages also if it ends at the same cursor', async () => {
  let all = ['d', 'c', 'b', 'a']
  const { client } = createTestClient({ Bookmarks: ({ after }) => ({ bookmarks: pageOf(all, after) }) })
  type Bookmarks = { bookmarks: { edges: { node: { id: string } }[] } }
  const readPage = (after?: string) =>
    client.query(BOOKMARKS, after ? { after } : {}, { requestPolicy: 'network-only' }).toPromise()
  const ids = () => client.readQuery<Bookmarks>(BOOKMARKS, {})?.data?.bookmarks.edges.map(({ node }) => node.id)
  await readPage()
  await readPage('c')
  expect(ids()).toEqual(['d', 'c', 'b', 'a'])
  all = ['d', 'c', 'a']
  await readPage()
  expect(ids()).toEqual(['d', 'c'])
  await readPage('c')
  expect(ids()).toEqual(['d', 'c', 'a'])
})

const NOTIFICATIONS = `query Notifications($after: String) { notifications(first: 2, after: $after, kinds: null) {
  edges { cursor node { id ... on ReplyNotification { post { id } } } } pageInfo { hasNextPage endCursor } readMarker } }`

test('notifications are those of all pages without those of deleted posts, with the marker of the first page', async () => {
  const edge = (id: string) => ({
    __typename: 'NotificationEdge',
    cursor: id,
    node: { __typename: 'ReplyNotification', id, post: { __typename: 'Post', id: `post of ${id}` } },
  })
  const page = (after: unknown) => ({
    __typename: 'NotificationConnection',
    edges: (after ? ['b', 'a'] : ['d', 'c']).map(edge),
    pageInfo: { __typename: 'PageInfo', hasNextPage: !after, endCursor: after ? 'a' : 'c' },
    readMarker: after ? 'later' : 'first',
  })
  const { client } = createTestClient({
    Notifications: ({ after }) => ({ notifications: page(after) }),
    Delete: () => ({ deletePost: { __typename: 'PostNotFound', message: 'gone' } }),
  })
  type Notifications = { notifications: { edges: { node: { id: string } }[]; readMarker: string } }
  const shown = () => client.readQuery<Notifications>(NOTIFICATIONS, {})?.data?.notifications
  const ids = () => shown()?.edges.map(({ node }) => node.id)
  for (const variables of [{}, { after: 'c' }])
    await client.query(NOTIFICATIONS, variables, { requestPolicy: 'network-only' }).toPromise()
  expect(ids()).toEqual(['d', 'c', 'b', 'a'])
  expect(shown()?.readMarker).toBe('first')
  await client.mutation(DELETE, { id: 'post of b' }).toPromise()
  expect(ids()).toEqual(['d', 'c', 'a'])
})
