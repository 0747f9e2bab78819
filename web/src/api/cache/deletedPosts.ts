import { gql } from '@urql/core'
import type { Cache } from '@urql/exchange-graphcache'

const COUNTED = {
  replyCount: gql('fragment Replies on Post { id replyCount }'),
  quoteCount: gql('fragment Quotes on Post { id quoteCount }'),
}

/** Marks a post as deleted: `post(id)` is null from now on, which all lists of posts check. Other posts count one less. */
export function markPostDeleted(cache: Cache, id: string): void {
  if (isPostDeleted(cache, id)) return
  cache.link('Query', 'post', { id }, null)
  const post = { __typename: 'Post', id } as const
  countOneLess(cache, cache.resolve(post, 'inReplyTo'), 'replyCount')
  const quote = cache.resolve(post, 'quote')
  if (typeof quote === 'string') countOneLess(cache, cache.resolve(quote, 'post'), 'quoteCount')
}

export function isPostDeleted(cache: Cache, id: string): boolean {
  return cache.resolve('Query', 'post', { id }) === null
}

/** Lowers a count of the post with the key, if the cache knows it. */
function countOneLess(cache: Cache, key: unknown, count: keyof typeof COUNTED): void {
  if (typeof key !== 'string') return
  const id = cache.resolve(key, 'id')
  const known = cache.resolve(key, count)
  if (typeof known !== 'number') return
  cache.writeFragment(COUNTED[count], { id, [count]: Math.max(0, known - 1) })
}
