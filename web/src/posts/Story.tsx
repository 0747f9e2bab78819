import type { JSX } from 'react'

import { graphql } from '@/gql'
import type { StoryQuery } from '@/gql/graphql'
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
import { usePostsById } from './usePostsById'

const StoryPages = graphql(`
  query Story($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      story(first: 20, after: $after) {
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

type StoryPagesOf = PagedList<StoryQuery, NonNullable<StoryQuery['user']>['story']['edges'][number]>

/** Loads an account's posts. A page may call this before it renders Story. */
export function useStory(alias: string): StoryPagesOf {
  const pages = usePagedList(StoryPages, { alias }, (data) => data.user?.story)
  useRefreshOnVisit(pages)
  return pages
}

/** Lists an account's posts. The viewer's own list includes posts that were just sent. */
export function Story({ alias, pages }: { alias: string; pages: StoryPagesOf }): JSX.Element {
  const isOwn = useSession()?.alias.toLowerCase() === alias.toLowerCase()
  const own = useStore(sentPostIds)
  const added = usePostsById(isOwn ? own : [])
  const posts = mergePosts(
    added,
    pages.edges.map(({ node }) => node),
  )
  return (
    <>
      {isOwn && <UnsentPosts />}
      <PostList
        label={`Posts by @${alias}`}
        posts={posts}
        pages={pages}
        empty={isOwn ? <EmptyOwnStory /> : <EmptyStory alias={alias} />}
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

function EmptyStory({ alias }: { alias: string }): JSX.Element {
  return <Notice title="No posts yet">Posts by @{alias} will appear here.</Notice>
}
