/**
 * The configuration of Graphcache, urql's normalized cache: keys of objects, merged pages of lists, and the changes by
 * mutations.
 */

import type { Exchange } from '@urql/core'
import {
  type Cache,
  cacheExchange,
  type Entity,
  type FieldArgs,
  type KeyingConfig,
  type Resolver,
} from '@urql/exchange-graphcache'

import { KEYLESS_TYPES, POSSIBLE_TYPES } from '@/gql/cacheTypes'

import { withoutBlocks } from './blockedQueries'
import { isPostDeleted, markPostDeleted } from './deletedPosts'
import { isByHiddenUser } from './hiddenUsers'
import { optimisticResults } from './optimisticResults'
import { isHiddenInFeed, mergedFeedPages, mergedFoundPages, mergedNotifications, mergedPages } from './pagination'
import { isByUnfollowedUser, setUnfollowed } from './unfollowedUsers'

/** Objects of these types are part of the object that holds them. */
const keys: KeyingConfig = Object.fromEntries(KEYLESS_TYPES.map((name) => [name, () => null]))

/** Returns a post that a list has already loaded from the cache. */
const post: Resolver = (_, { id }, cache) => (typeof id === 'string' ? findPost(cache, id) : undefined)

/** The client uses `nodes` only for posts of the feed and the viewer's own. */
const nodes: Resolver = (_, { ids }, cache) =>
  Array.isArray(ids) ? ids.map((id) => findFeedPost(cache, String(id))) : undefined

function findPost(cache: Cache, id: string): { __typename: 'Post'; id: string } | null {
  return isPostDeleted(cache, id) ? null : { __typename: 'Post', id }
}

function findFeedPost(cache: Cache, id: string): { __typename: 'Post'; id: string } | null {
  const key = cache.keyOfEntity({ __typename: 'Post', id })
  return key && (isByUnfollowedUser(cache, key) || isByHiddenUser(cache, key)) ? null : findPost(cache, id)
}

export const createCache = (): Exchange =>
  withoutBlocks(
    cacheExchange({
      keys,
      possibleTypes: POSSIBLE_TYPES,
      resolvers: {
        Query: {
          feed: mergedFeedPages,
          searchUsers: mergedPages,
          searchPosts: mergedFoundPages,
          taggedPosts: mergedFoundPages,
          mutedUsers: mergedPages,
          blockedUsers: mergedPages,
          bookmarks: mergedPages,
          likedPosts: mergedPages,
          notifications: mergedNotifications,
          post,
          nodes,
        },
        Post: { replies: mergedPages, likes: mergedPages, reposts: mergedPages, quotes: mergedPages },
        User: { story: mergedPages, followers: mergedPages, followees: mergedPages, knownFollowers: mergedPages },
      },
      updates: {
        Mutation: {
          createPost(result, _, cache) {
            if (typenameOf(result.createPost) === 'PostCreated') invalidateViewer(cache, 'postCount')
          },
          deletePost(result, { input }, cache, { optimistic }) {
            const isDeleted = ['PostDeleted', 'PostNotFound'].includes(String(typenameOf(result.deletePost)))
            if (isDeleted && hasId(input)) markPostDeleted(cache, input.id)
            if (isDeleted && !optimistic) invalidateViewer(cache, 'postCount')
          },
          follow(result, { input }, cache, { optimistic }) {
            if (typenameOf(result.follow) !== 'Followed' || !hasUserId(input)) return
            setUnfollowed(cache, input.userId, false)
            if (optimistic) return
            cache.invalidate({ __typename: 'User', id: input.userId }, 'followOptions')
            invalidateViewer(cache, 'followeeCount')
            invalidateEmptyFeeds(cache)
          },
          unfollow(result, { input }, cache, { optimistic }) {
            if (typenameOf(result.unfollow) !== 'Unfollowed' || !hasUserId(input)) return
            setUnfollowed(cache, input.userId, true)
            if (!optimistic) invalidateViewer(cache, 'followeeCount')
          },
          block(result, _, cache) {
            if (typenameOf(result.block) !== 'UserBlocked') return
            invalidateViewer(cache, 'followeeCount')
            invalidateFields(cache, 'Query', 'blockedUsers')
          },
          unblock(result, { input }, cache) {
            if (typenameOf(result.unblock) !== 'UserUnblocked' || !hasUserId(input)) return
            invalidateFields(cache, { __typename: 'User', id: input.userId }, 'story')
            invalidateFields(cache, 'Query', 'blockedUsers')
          },
          mute(result, _, cache, { optimistic }) {
            if (!optimistic && typenameOf(result.mute) === 'UserMuted') invalidateFields(cache, 'Query', 'mutedUsers')
          },
          repost(result, _, cache, { optimistic }) {
            if (!optimistic && typenameOf(result.repost) === 'Reposted') invalidateOwnReposts(cache)
          },
          undoRepost(result, _, cache, { optimistic }) {
            if (!optimistic && typenameOf(result.undoRepost) === 'RepostUndone') invalidateOwnReposts(cache)
          },
        },
        Subscription: {
          feedChanges({ feedChanges }, _, cache) {
            const { deletedPostId } = feedChanges as { deletedPostId?: string }
            if (deletedPostId) markPostDeleted(cache, deletedPostId)
          },
        },
        Query: {
          /** The viewer follows the author or reposter of each edge that was just loaded, perhaps again on another device. */
          feed(result, _, cache) {
            for (const id of authorsOf(result.feed as Feed)) setUnfollowed(cache, id, false)
          },
          bookmarks: (_, args, cache) => dropLaterPages(cache, 'bookmarks', args),
          notifications: (_, args, cache) => dropLaterPages(cache, 'notifications', args),
          likedPosts: (_, args, cache) => dropLaterPages(cache, 'likedPosts', args),
        },
      },
      optimistic: optimisticResults,
    }),
  )

function invalidateViewer(cache: Cache, field: string): void {
  const viewer = cache.resolve('Query', 'viewer')
  if (typeof viewer === 'string') cache.invalidate(viewer, field)
}

function invalidateFields(
  cache: Cache,
  entity: Entity,
  name: string,
  isAffected = (_: FieldArgs): boolean => true,
): void {
  for (const { fieldName, arguments: args } of cache.inspectFields(entity))
    if (fieldName === name && isAffected(args)) cache.invalidate(entity, fieldName, args)
}

/** Drops the pages after a first page that was just loaded, because what they show may have changed. */
function dropLaterPages(cache: Cache, name: string, { after }: Record<string, unknown>): void {
  if (!after) invalidateFields(cache, 'Query', name, (args) => Boolean(args?.['after']))
}

function invalidateOwnReposts(cache: Cache): void {
  const viewer = cache.resolve('Query', 'viewer')
  if (typeof viewer !== 'string') return
  invalidateFields(cache, viewer, 'story', (args) => JSON.stringify(args?.['shows'] ?? []).includes('REPOST'))
}

/**
 * Invalidates the feed if it shows no posts. A feed that shows posts stays cached until the next visit, so that a user who
 * goes back finds their scroll position.
 */
function invalidateEmptyFeeds(cache: Cache): void {
  const feeds = cache.inspectFields('Query').filter(({ fieldName }) => fieldName === 'feed')
  const isShown = (edge: unknown): boolean => typeof edge === 'string' && !isHiddenInFeed(cache, edge)
  const edgesOf = (args: FieldArgs): unknown => cache.resolve(cache.resolve('Query', 'feed', args) as Entity, 'edges')
  if (feeds.some(({ arguments: args }) => (edgesOf(args) as unknown[] | undefined)?.some(isShown))) return
  invalidateFields(cache, 'Query', 'feed')
}

type Account = { id?: string } | null | undefined
type FeedEdge = { node?: { author?: Account } | null; repost?: { user?: Account } | null } | null
type Feed = { edges?: FeedEdge[] } | null

function authorsOf(feed: Feed): Set<string> {
  const ids = feed?.edges?.map((edge) => (edge?.repost ? edge.repost.user?.id : edge?.node?.author?.id)) ?? []
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
