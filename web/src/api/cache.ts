/** What the client knows about the graph beyond the answers: which objects are one, how lists go on, what a mutation changes. */

import { cacheExchange, type Cache, type KeyingConfig, type Resolver } from '@urql/exchange-graphcache'

import { optimistic } from './optimistic'
import { isGone, markGone } from './gone'
import { pages } from './pages'

const WITHOUT_KEY = [
  ...['PageInfo', 'PostConnection', 'PostEdge', 'FollowConnection', 'FollowEdge', 'UserConnection', 'UserEdge'],
  ...['Segment', 'Delivery', 'FieldError', 'Session', 'ProfileUpdated', 'PostCreated', 'PostDeleted', 'Followed'],
  ...[
    'PasswordChanged',
    'SessionEnded',
    'SessionNotFound',
    'Unfollowed',
    'InvalidInput',
    'AliasTaken',
    'InvalidCredentials',
    'PostNotFound',
    'UserNotFound',
    'CannotFollowSelf',
  ],
]
const keys: KeyingConfig = Object.fromEntries(WITHOUT_KEY.map((name) => [name, () => null]))

/** A post that some list has brought already need not be asked for. */
const post: Resolver = (_, { id }, cache) => (typeof id === 'string' ? lookUp(cache, id) : undefined)

/** The client asks by `nodes` for posts only. */
const nodes: Resolver = (_, { ids }, cache) =>
  Array.isArray(ids) ? ids.map((id) => lookUp(cache, String(id))) : undefined

function lookUp(cache: Cache, id: string): { __typename: 'Post'; id: string } | null {
  return isGone(cache, id) ? null : { __typename: 'Post', id }
}

export const makeCache = () =>
  cacheExchange({
    keys,
    resolvers: {
      Query: { feed: pages, searchUsers: pages, post, nodes },
      User: { story: pages, followers: pages, followees: pages },
    },
    updates: {
      Mutation: {
        /** PostDeleted or PostNotFound: it is gone either way. */
        deletePost(result, { input }, cache) {
          if (result.deletePost && hasId(input)) markGone(cache, input.id)
        },
        follow: (_, __, cache, { optimistic }) => optimistic || forgetFollows(cache),
        unfollow: (_, __, cache, { optimistic }) => optimistic || forgetFollows(cache),
      },
    },
    optimistic,
  })

/** Whom the viewer follows has changed, as the server has confirmed: the feed is another one. */
function forgetFollows(cache: Cache): void {
  const viewer = cache.resolve('Query', 'viewer')
  if (typeof viewer === 'string') cache.invalidate(viewer, 'followeeCount')
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName === 'feed') cache.invalidate('Query', fieldName, args)
  }
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
