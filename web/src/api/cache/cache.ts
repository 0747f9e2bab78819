/** What the client knows about the graph beyond the answers: which objects are one, how lists go on, what a mutation changes. */

import {
  cacheExchange,
  type Cache,
  type Entity,
  type FieldArgs,
  type KeyingConfig,
  type Resolver,
} from '@urql/exchange-graphcache'

import { KEYLESS_TYPES } from '@/gql/keylessTypes'

import { optimistic } from './optimisticResults'
import { isGone, markGone } from './deletedPosts'
import { feedPages, isHiddenInFeed, pages } from './pagination'
import { isByUnfollowed, markUnfollowed } from './unfollowedUsers'

/** Objects of these types are part of the object that holds them. */
const keys: KeyingConfig = Object.fromEntries(KEYLESS_TYPES.map((name) => [name, () => null]))

/** A post that some list has brought already need not be asked for. */
const post: Resolver = (_, { id }, cache) => (typeof id === 'string' ? lookUp(cache, id) : undefined)

/** The client asks by `nodes` only for posts that a feed shows, or its own. */
const nodes: Resolver = (_, { ids }, cache) =>
  Array.isArray(ids) ? ids.map((id) => lookUpFollowed(cache, String(id))) : undefined

function lookUp(cache: Cache, id: string): { __typename: 'Post'; id: string } | null {
  return isGone(cache, id) ? null : { __typename: 'Post', id }
}

function lookUpFollowed(cache: Cache, id: string): { __typename: 'Post'; id: string } | null {
  const key = cache.keyOfEntity({ __typename: 'Post', id })
  return key && isByUnfollowed(cache, key) ? null : lookUp(cache, id)
}

export const makeCache = () =>
  cacheExchange({
    keys,
    resolvers: {
      Query: { feed: feedPages, searchUsers: pages, post, nodes },
      User: { story: pages, followers: pages, followees: pages },
    },
    updates: {
      Mutation: {
        deletePost(result, { input }, cache) {
          const isDeleted = ['PostDeleted', 'PostNotFound'].includes(String(typenameOf(result.deletePost)))
          if (isDeleted && hasId(input)) markGone(cache, input.id)
        },
        follow(result, { input }, cache, { optimistic }) {
          if (typenameOf(result.follow) !== 'Followed' || !hasUserId(input)) return
          markUnfollowed(cache, input.userId, false)
          if (optimistic) return
          forgetFolloweeCount(cache)
          renewEmptyFeed(cache)
        },
        unfollow(result, { input }, cache, { optimistic }) {
          if (typenameOf(result.unfollow) !== 'Unfollowed' || !hasUserId(input)) return
          markUnfollowed(cache, input.userId, true)
          if (!optimistic) forgetFolloweeCount(cache)
        },
      },
      Query: {
        /** Who is in a feed that has been read is followed: perhaps again, by another device. */
        feed(result, _, cache) {
          for (const id of authorsOf(result.feed as Feed)) markUnfollowed(cache, id, false)
        },
      },
    },
    optimistic,
  })

function forgetFolloweeCount(cache: Cache): void {
  const viewer = cache.resolve('Query', 'viewer')
  if (typeof viewer === 'string') cache.invalidate(viewer, 'followeeCount')
}

/**
 * A feed that shows posts stays as it was read until the viewer comes to it anew, since who goes back wants to find their
 * place. One that shows none has no place to lose, and may now have posts.
 */
function renewEmptyFeed(cache: Cache): void {
  const feeds = cache.inspectFields('Query').filter(({ fieldName }) => fieldName === 'feed')
  const isShown = (edge: unknown): boolean => typeof edge === 'string' && !isHiddenInFeed(cache, edge)
  const edgesOf = (args: FieldArgs): unknown => cache.resolve(cache.resolve('Query', 'feed', args) as Entity, 'edges')
  if (feeds.some(({ arguments: args }) => (edgesOf(args) as unknown[] | undefined)?.some(isShown))) return
  for (const { arguments: args } of feeds) cache.invalidate('Query', 'feed', args)
}

type Feed = { edges?: ({ node?: { author?: { id?: string } } | null } | null)[] } | null

function authorsOf(feed: Feed): Set<string> {
  const ids = feed?.edges?.map((edge) => edge?.node?.author?.id) ?? []
  return new Set(ids.filter((id) => id !== undefined))
}

function typenameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '__typename' in value ? value.__typename : undefined
}

function hasUserId(value: unknown): value is { userId: string } {
  return typeof value === 'object' && value !== null && 'userId' in value && typeof value.userId === 'string'
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
