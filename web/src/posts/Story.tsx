import type { JSX } from 'react'

import { graphql } from '@/gql'
import type { StoryKind, StoryQuery } from '@/gql/graphql'
import { useStore } from '@/lib/store'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { openComposer } from '@/posts/drafts/composerState'
import { sentPostIds } from '@/posts/outbox/accountOutbox'
import { UnsentPosts } from '@/posts/unsent/UnsentPosts'
import { useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import { mergePosts } from './mergePosts'
import { PostList } from './PostList'
import { rowOfEdge, rowOfPost } from './rows'
import { usePostsById } from './usePostsById'

const StoryPages = graphql(`
  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {
    user(alias: $alias) {
      id
      story(first: 20, after: $after, shows: $shows) {
        edges {
          cursor
          node {
            id
            createdAt
            ...PostCard
          }
          repost {
            createdAt
            ...RepostLineOf
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

type StoryPagesOf = PagedList<StoryQuery, NonNullable<StoryQuery['user']>['story']['edges'][number]>

const TITLES: Record<StoryKind, string> = { POST: 'Posts', REPLY: 'Replies', REPOST: 'Reposts', MEDIA: 'Media' }

/** Loads an account's posts of one kind. A page may call this before it renders Story. */
export function useStory(alias: string, kind: StoryKind): StoryPagesOf {
  const pages = usePagedList(StoryPages, { alias, shows: [kind] }, (data) => data.user?.story)
  useRefreshOnVisit(pages)
  return pages
}

interface StoryProps {
  alias: string
  kind: StoryKind
  pages: StoryPagesOf
}

/** Lists an account's posts. The viewer's own list includes posts that were just sent. */
export function Story({ alias, kind, pages }: StoryProps): JSX.Element {
  const isReply = kind === 'REPLY'
  const isOwn = useSession()?.alias.toLowerCase() === alias.toLowerCase()
  const own = useStore(sentPostIds)
  const added = usePostsById(isOwn ? own : [])
  const posts = mergePosts(
    kind === 'REPOST' ? [] : added.filter((post) => post.isReply === isReply).map(rowOfPost),
    pages.edges.map(rowOfEdge),
  )
  return (
    <>
      {isOwn && kind !== 'REPOST' && <UnsentPosts only={({ about }) => (about?.kind === 'reply') === isReply} />}
      <PostList
        label={`${TITLES[kind]} by @${alias}`}
        posts={posts}
        pages={pages}
        empty={isOwn && kind === 'POST' ? <EmptyOwnStory /> : <EmptyStory alias={alias} kind={kind} />}
        end={null}
      />
    </>
  )
}

function EmptyOwnStory(): JSX.Element {
  const write = (
    <Button look="strong" onClick={openComposer}>
      Write a post
    </Button>
  )
  return (
    <Notice title="You have not posted yet" actions={write}>
      Your posts appear here and in the feeds of your followers.
    </Notice>
  )
}

function EmptyStory({ alias, kind }: { alias: string; kind: StoryKind }): JSX.Element {
  const what = TITLES[kind]
  return (
    <Notice title={`No ${what.toLowerCase()} yet`}>
      {what} by @{alias} will appear here.
    </Notice>
  )
}
