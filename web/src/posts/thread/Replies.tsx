import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useQuery } from 'urql'

import { MAX_POSTS_PER_REQUEST } from '@/api/limits'
import { graphql } from '@/gql'
import type { RepliesQuery, ReplyOrder } from '@/gql/graphql'
import { useStore } from '@/lib/store'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { sentPostIds } from '@/posts/outbox/accountOutbox'
import { PostList } from '@/posts/PostList'
import { type PostNode, rowOfEdge, rowOfPost } from '@/posts/rows'
import { UnsentPosts } from '@/posts/unsent/UnsentPosts'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import css from './thread.module.css'

const ReplyPages = graphql(`
  query Replies($id: ID!, $order: ReplyOrder!, $after: String) {
    post(id: $id) {
      id
      replies(first: 20, after: $after, order: $order) {
        edges {
          cursor
          node {
            id
            createdAt
            ...PostCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

const SentReplies = graphql(`
  query SentReplies($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Post {
        id
        createdAt
        inReplyTo {
          id
        }
        ...PostCard
      }
    }
  }
`)

const ORDERS: [ReplyOrder, MessageDescriptor][] = [
  ['OLDEST', msg`Oldest first`],
  ['NEWEST', msg`Newest first`],
]

type ReplyPagesOf = PagedList<RepliesQuery, NonNullable<RepliesQuery['post']>['replies']['edges'][number]>

/** Loads the replies to a post. */
export function useReplies(id: string, order: ReplyOrder): ReplyPagesOf {
  const pages = usePagedList(ReplyPages, { id, order }, (data) => data.post?.replies)
  useRefreshOnVisit(pages)
  return pages
}

interface RepliesProps {
  post: { id: string; author: { alias: string } }
  pages: ReplyPagesOf
  order: ReplyOrder
  onOrder: (order: ReplyOrder) => void
}

/** Lists the replies to a post, with those that the viewer has just sent on top. */
export function Replies({ post: { id, author }, pages, order, onOrder }: RepliesProps): JSX.Element {
  const { alias } = author
  const loaded = new Set(pages.edges.map(({ node }) => node.id))
  const own = useSentReplies(id).filter((reply) => !loaded.has(reply.id))
  const rows = [...own.map(rowOfPost), ...pages.edges.map(rowOfEdge)]
  return (
    <section aria-label={t`Replies`}>
      <div className={css.order}>
        <h2>
          <Trans>Replies</Trans>
        </h2>
        <div className={css.choices} role="group" aria-label={t`Order of the replies`}>
          {ORDERS.map(([value, label]) => (
            <Button
              key={value}
              size="s"
              look={value === order ? 'plain' : 'quiet'}
              aria-pressed={value === order}
              onClick={() => onOrder(value)}
            >
              {i18n._(label)}
            </Button>
          ))}
        </div>
      </div>
      <UnsentPosts only={({ about }) => about?.kind === 'reply' && about.id === id} />
      <PostList
        key={order}
        label={t`Replies to @${alias}`}
        posts={rows}
        pages={pages}
        empty={
          <Notice title={t`No replies yet`}>
            <Trans>Replies to this post will appear here.</Trans>
          </Notice>
        }
        end={null}
      />
    </section>
  )
}

/** Returns the replies to a post that were sent since this page was loaded, newest first. */
function useSentReplies(id: string): PostNode[] {
  const ids = useStore(sentPostIds)
  const [{ data }] = useQuery({
    query: SentReplies,
    variables: { ids: ids.slice(0, MAX_POSTS_PER_REQUEST) },
    pause: ids.length === 0,
  })
  const posts = data && ids.length > 0 ? data.nodes.filter((node) => node?.__typename === 'Post') : []
  return posts.filter(({ inReplyTo }) => inReplyTo?.id === id)
}
