import type { Client } from '@urql/core'
import { expect, test, vi } from 'vitest'

import { createTestClient, type TestClient } from '@/api/testClient.testing'

vi.spyOn(console, 'warn').mockReturnValue() // the cache warns of fields that only other types of a union have

const POST = '{ id author { id } }'
const FEED = `query Feed($after: String) { feed(first: 9, after: $after) {
  edges { node ${POST} } pageInfo { hasNextPage endCursor } } }`
const ONE = `query One($id: ID!) { post(id: $id) ${POST} }`
const MANY = `query Many($ids: [ID!]!) { nodes(ids: $ids) { ... on Post ${POST} } }`
const VIEWER = 'query Viewer { viewer { id followeeCount } }'
const USER = 'query User { user(alias: "ann") { id followedByViewer followerCount } }'
const FOLLOWED = 'user { id followedByViewer followerCount }'
const FOLLOW = `mutation Follow($id: ID!) { follow(input: { userId: $id }) {
  __typename ... on Followed { ${FOLLOWED} } ... on Error { message } } }`
const UNFOLLOW = `mutation Unfollow($id: ID!) { unfollow(input: { userId: $id }) {
  __typename ... on Unfollowed { ${FOLLOWED} } ... on Error { message } } }`
const DELETE = 'mutation Delete($id: ID!) { deletePost(input: { id: $id }) { __typename } }'

/** The first three letters of the id are its author. */
const post = (id: string): object => ({ __typename: 'Post', id, author: { __typename: 'User', id: id.slice(0, 3) } })

const feedOf = (ids: readonly string[]): object => ({
  __typename: 'PostConnection',
  edges: ids.map((id) => ({ __typename: 'PostEdge', node: post(id) })),
  pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
})

interface World {
  /** Ids of the posts in the viewer's feed, newest first. */
  feed: string[]
  /** The result of mutations. */
  outcome: 'done' | 'UserNotFound' | 'AnErrorOfTomorrow'
  /** Mutations wait for it. */
  pause: Promise<void>
}

function serve(...feed: string[]): TestClient & World {
  const world: World = { feed, outcome: 'done', pause: Promise.resolve() }
  const change = async (id: unknown, done: 'Followed' | 'Unfollowed'): Promise<object> => {
    await world.pause
    if (world.outcome !== 'done') return { __typename: world.outcome, message: 'gone' }
    const user = { __typename: 'User', id, followedByViewer: done === 'Followed', followerCount: 5 }
    return { __typename: done, user }
  }
  const testClient = createTestClient({
    Feed: () => ({ feed: feedOf(world.feed) }),
    One: ({ id }) => ({ post: post(String(id)) }),
    Many: ({ ids }) => ({ nodes: (ids as string[]).map(post) }),
    Viewer: () => ({ viewer: { __typename: 'User', id: 'me', followeeCount: 1 } }),
    User: () => ({ user: { __typename: 'User', id: 'ann', followedByViewer: true, followerCount: 4 } }),
    Follow: async ({ id }) => ({ follow: await change(id, 'Followed') }),
    Unfollow: async ({ id }) => ({ unfollow: await change(id, 'Unfollowed') }),
    Delete: () => ({ deletePost: { __typename: world.outcome === 'done' ? 'PostDeleted' : world.outcome } }),
  })
  return Object.assign(world, testClient)
}

const readFeed = (client: Client) => client.query(FEED, {}, { requestPolicy: 'network-only' }).toPromise()

function shown(client: Client): string[] | null {
  type Feed = { feed: { edges: { node: { id: string } }[] } }
  return client.readQuery<Feed>(FEED, {})?.data?.feed.edges.map(({ node }) => node.id) ?? null
}

const names = ({ sent }: TestClient): string[] => sent.map(({ name }) => name)

test('a post that a list has loaded is not requested', async () => {
  const server = serve('ann1')
  await readFeed(server.client)
  const { data } = await server.client.query<unknown>(ONE, { id: 'ann1' }).toPromise()
  await server.client.query(MANY, { ids: ['ann1'] }).toPromise()
  expect((data as { post: object }).post).toMatchObject({ id: 'ann1' })
  expect(names(server)).toEqual(['Feed'])
})

test('if one of several posts is not in the cache, they are requested', async () => {
  const server = serve('ann1')
  await readFeed(server.client)
  const { data } = await server.client.query<unknown>(MANY, { ids: ['ann1', 'ann2'] }).toPromise()
  expect((data as { nodes: object[] }).nodes).toMatchObject([{ id: 'ann1' }, { id: 'ann2' }])
  expect(names(server)).toEqual(['Feed', 'Many'])
})

test('a deleted post is in no list', async () => {
  const { client } = serve('ann2', 'ann1')
  await readFeed(client)
  await client.mutation(DELETE, { id: 'ann1' }).toPromise()
  expect(shown(client)).toEqual(['ann2'])
  expect(client.readQuery(ONE, { id: 'ann1' })?.data).toEqual({ post: null })
  expect((client.readQuery(MANY, { ids: ['ann2', 'ann1'] })?.data as { nodes: unknown[] }).nodes[1]).toBeNull()
})

test('a post that could not be deleted is shown again', async () => {
  const server = serve('ann2', 'ann1')
  await readFeed(server.client)
  server.outcome = 'AnErrorOfTomorrow'
  await server.client.mutation(DELETE, { id: 'ann1' }).toPromise()
  expect(shown(server.client)).toEqual(['ann2', 'ann1'])
})

test('an unfollow removes the posts of the account from the feed without a request', async () => {
  const server = serve('ann2', 'bob1', 'ann1')
  await readFeed(server.client)
  await server.client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  expect(shown(server.client)).toEqual(['bob1'])
  expect((server.client.readQuery(MANY, { ids: ['ann2', 'bob1'] })?.data as { nodes: unknown[] }).nodes[0]).toBeNull()
  expect(names(server)).toEqual(['Feed', 'Unfollow'])
})

test('posts of an unfollowed account can still be opened', async () => {
  const { client } = serve('ann1')
  await readFeed(client)
  await client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  expect(client.readQuery(ONE, { id: 'ann1' })?.data).toMatchObject({ post: { id: 'ann1' } })
})

test('an unfollow hides posts at once and shows them again if it fails', async () => {
  const server = serve('ann1', 'bob1')
  await readFeed(server.client)
  server.outcome = 'UserNotFound'
  let respond = (): void => undefined
  server.pause = new Promise((resolve) => (respond = resolve))
  const response = server.client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  expect(shown(server.client)).toEqual(['bob1'])
  respond()
  await response
  expect(shown(server.client)).toEqual(['ann1', 'bob1'])
})

test('posts of an account that is followed again are back where they were', async () => {
  const { client } = serve('ann2', 'bob1', 'ann1')
  await readFeed(client)
  await client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  await client.mutation(FOLLOW, { id: 'ann' }).toPromise()
  expect(shown(client)).toEqual(['ann2', 'bob1', 'ann1'])
})

test('an account that was followed again on another device is shown after the next request', async () => {
  const { client } = serve('ann1', 'bob1')
  await readFeed(client)
  await client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  await readFeed(client)
  expect(shown(client)).toEqual(['ann1', 'bob1'])
})

test('a follow does not change a feed with posts', async () => {
  const server = serve('bob1')
  await readFeed(server.client)
  await server.client.mutation(FOLLOW, { id: 'ann' }).toPromise()
  expect(shown(server.client)).toEqual(['bob1'])
})

test.each([
  ['has no posts', []],
  ['shows none of its posts', ['eve1']],
])('a follow reloads a feed that %s', async (_, feed) => {
  const server = serve(...feed)
  await readFeed(server.client)
  await server.client.mutation(UNFOLLOW, { id: 'eve' }).toPromise()
  expect(shown(server.client)).toEqual([])
  server.feed = ['ann1']
  await server.client.mutation(FOLLOW, { id: 'ann' }).toPromise()
  const { data } = await server.client.query<unknown>(FEED, {}).toPromise()
  expect(data).toMatchObject({ feed: { edges: [{ node: { id: 'ann1' } }] } })
})

test.each([
  ['follow', FOLLOW],
  ['unfollow', UNFOLLOW],
])('a failed %s has the message of its error', async (name, mutation) => {
  const server = serve('bob1')
  server.outcome = 'UserNotFound'
  const { data } = await server.client.mutation<unknown>(mutation, { id: 'ann' }).toPromise()
  expect(data).toEqual({ [name]: { __typename: 'UserNotFound', message: 'gone' } })
})

test.each([
  ['follow', FOLLOW],
  ['unfollow', UNFOLLOW],
])('a %s reloads the number of followed accounts', async (_, mutation) => {
  const server = serve()
  await server.client.query(VIEWER, {}).toPromise()
  await server.client.mutation(mutation, { id: 'ann' }).toPromise()
  await server.client.query(VIEWER, {}).toPromise()
  expect(names(server).filter((name) => name === 'Viewer')).toHaveLength(2)
})

test('a failed follow changes nothing', async () => {
  const server = serve('bob1')
  await readFeed(server.client)
  await server.client.query(VIEWER, {}).toPromise()
  server.outcome = 'UserNotFound'
  await server.client.mutation(FOLLOW, { id: 'ann' }).toPromise()
  await server.client.query(VIEWER, {}).toPromise()
  expect(shown(server.client)).toEqual(['bob1'])
  expect(names(server)).toEqual(['Feed', 'Viewer', 'Follow'])
})

test('a follow or an unfollow is shown before the server responds', async () => {
  const server = serve()
  const user = (): unknown => (server.client.readQuery(USER, {})?.data as { user: object }).user
  await server.client.query(USER, {}).toPromise()
  for (const [mutation, followedByViewer, followerCount] of [
    [UNFOLLOW, false, 3],
    [FOLLOW, true, 6],
  ] as const) {
    let respond = (): void => undefined
    server.pause = new Promise((resolve) => (respond = resolve))
    const response = server.client.mutation(mutation, { id: 'ann' }).toPromise()
    expect(user()).toMatchObject({ followedByViewer, followerCount })
    respond()
    await response
    expect(user()).toMatchObject({ followedByViewer, followerCount: 5 })
  }
})

const REPOSTS = `query Feed { feed(first: 9) { edges { cursor
  node { id author { id mutedByViewer } } repost { user { id } } } pageInfo { hasNextPage endCursor } } }`
const REPOSTED = 'query One($id: ID!) { post(id: $id) { id repostedByViewer } }'
const REPOST = `mutation Repost($id: ID!) { repost(input: { postId: $id }) {
  __typename ... on Reposted { post { id repostedByViewer } } ... on Error { message } } }`
const MUTE = `mutation Mute($id: ID!) { mute(input: { userId: $id }) {
  __typename ... on UserMuted { user { id mutedByViewer mutedUntil } } ... on Error { message } } }`

/** A feed whose edges are written as `author` or `author by reposter`. */
function serveReposts(...places: string[]): TestClient & { shown: () => string[]; outcome: string } {
  const user = (id: string): object => ({ __typename: 'User', id, mutedByViewer: false })
  const edges = places.map((place, index) => {
    const [author = '', reposter] = place.split(' by ')
    return {
      ...{ __typename: 'PostEdge', cursor: String(index) },
      node: { __typename: 'Post', id: `post of ${author}`, author: user(author) },
      repost: reposter ? { __typename: 'Repost', user: user(reposter) } : null,
    }
  })
  const pageInfo = { __typename: 'PageInfo', hasNextPage: false, endCursor: null }
  const world = { outcome: 'done' }
  const server = createTestClient({
    Feed: () => ({ feed: { __typename: 'PostConnection', edges, pageInfo } }),
    One: ({ id }) => ({ post: { __typename: 'Post', id, repostedByViewer: false } }),
    Mute: ({ id }) => ({
      mute: { __typename: 'UserMuted', user: { ...user(String(id)), mutedByViewer: true, mutedUntil: null } },
    }),
    Unfollow: ({ id }) => ({
      unfollow: { __typename: 'Unfollowed', user: { ...user(String(id)), followedByViewer: false, followerCount: 0 } },
    }),
    Repost: ({ id }) => ({
      repost:
        world.outcome === 'done'
          ? { __typename: 'Reposted', post: { __typename: 'Post', id, repostedByViewer: true } }
          : { __typename: world.outcome, message: 'no' },
    }),
  })
  const shown = (): string[] => {
    type Feed = { feed: { edges: { cursor: string }[] } }
    return (
      server.client.readQuery<Feed>(REPOSTS, {})?.data?.feed.edges.map(({ cursor }) => places[Number(cursor)] ?? '') ??
      []
    )
  }
  return Object.assign(world, server, { shown })
}

test('a post may stand in a feed twice', async () => {
  const { client, shown } = serveReposts('ann by bob', 'ann by eve', 'ann')
  await client.query(REPOSTS, {}).toPromise()
  expect(shown()).toEqual(['ann by bob', 'ann by eve', 'ann'])
})

test('an unfollow removes the reposts by the account, and its posts only if no other account has reposted them', async () => {
  const { client, shown } = serveReposts('ann by bob', 'eve by ann', 'ann', 'bob')
  await client.query(REPOSTS, {}).toPromise()
  await client.mutation(UNFOLLOW, { id: 'ann' }).toPromise()
  expect(shown()).toEqual(['ann by bob', 'bob'])
})

test('a mute removes the posts of the account, all reposts of them and its own reposts', async () => {
  const { client, shown } = serveReposts('ann by bob', 'eve by ann', 'ann', 'bob')
  await client.query(REPOSTS, {}).toPromise()
  await client.mutation(MUTE, { id: 'ann' }).toPromise()
  expect(shown()).toEqual(['bob'])
})

const POSTS_OF = {
  taggedPosts: 'taggedPosts(tags: ["go"], first: 9)',
  searchPosts: 'searchPosts(query: "go", first: 9)',
}

test.each(Object.entries(POSTS_OF))(
  'of %s, a mute removes the posts of the account, and an unfollow none',
  async (name, field) => {
    const user = (id: string): object => ({ __typename: 'User', id, mutedByViewer: false })
    const { client } = createTestClient({
      Found: () => ({
        [name]: {
          __typename: 'PostConnection',
          edges: ['ann', 'bob'].map((id) => ({
            __typename: 'PostEdge',
            node: { __typename: 'Post', id, author: user(id) },
          })),
          pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        },
      }),
      Mute: ({ id }) => ({
        mute: { __typename: 'UserMuted', user: { __typename: 'User', id, mutedByViewer: true, mutedUntil: null } },
      }),
      Unfollow: ({ id }) => ({
        unfollow: {
          __typename: 'Unfollowed',
          user: { __typename: 'User', id, followedByViewer: false, followerCount: 0 },
        },
      }),
    })
    const found = `query Found { ${field} {
      edges { node { id author { id mutedByViewer } } } pageInfo { hasNextPage endCursor } } }`
    const shown = (): string[] => {
      const data = client.readQuery<Record<string, { edges: { node: { id: string } }[] }>>(found, {})?.data
      return data?.[name]?.edges.map(({ node }) => node.id) ?? []
    }
    await client.query(found, {}).toPromise()
    await client.mutation(UNFOLLOW, { id: 'bob' }).toPromise()
    expect(shown()).toEqual(['ann', 'bob'])
    await client.mutation(MUTE, { id: 'ann' }).toPromise()
    expect(shown()).toEqual(['bob'])
  },
)

test.each([
  ['done', true],
  ['Blocked', false],
])('a repost with the result %s is shown at once and then as the server says', async (outcome, isReposted) => {
  const server = serveReposts()
  server.outcome = outcome
  const state = (): unknown => server.client.readQuery(REPOSTED, { id: '1' })?.data
  await server.client.query(REPOSTED, { id: '1' }).toPromise()
  const response = server.client.mutation(REPOST, { id: '1' }).toPromise()
  expect(state()).toMatchObject({ post: { repostedByViewer: true } })
  await response
  expect(state()).toMatchObject({ post: { repostedByViewer: isReposted } })
})
