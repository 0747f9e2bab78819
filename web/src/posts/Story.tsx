import type { JSX } from 'react'

import { useFreshness } from '@/lists/useRefreshOnVisit'
import { type Pages, usePages } from '@/lists/usePagedList'
import { useStore } from '@/lib/store'
import { merge } from './mergePosts'
import { graphql } from '@/gql'
import type { StoryQuery } from '@/gql/graphql'
import { useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import { openComposer } from '@/posts/drafts/composerState'
import { sent } from '@/posts/outbox/accountOutbox'
import { UnsentPosts } from '@/posts/unsent/UnsentPosts'
import { PostList } from './PostList'
import { useKnownPosts } from './usePostsById'

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

type StoryPagesOf = Pages<StoryQuery, NonNullable<StoryQuery['user']>['story']['edges'][number]>

/** One account's posts, which a page may begin to read before it shows them. */
export function useStory(alias: string): StoryPagesOf {
  const pages = usePages(StoryPages, { alias }, (data) => data.user?.story)
  useFreshness(pages)
  return pages
}

/** On one's own, those that were sent on this page are there at once. */
export function Story({ alias, pages }: { alias: string; pages: StoryPagesOf }): JSX.Element {
  const isOwn = useSession()?.alias.toLowerCase() === alias.toLowerCase()
  const own = useStore(sent)
  const added = useKnownPosts(isOwn ? own : [])
  const posts = merge(
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
        empty={isOwn ? <NothingSaid /> : <Nothing alias={alias} />}
        end={null}
      />
    </>
  )
}

function NothingSaid(): JSX.Element {
  const write = (
    <Button look="strong" onClick={openComposer}>
      Write a post
    </Button>
  )
  return (
    <Notice title="You have not posted yet" actions={write}>
      What you write is kept here, and comes to everybody who follows you.
    </Notice>
  )
}

function Nothing({ alias }: { alias: string }): JSX.Element {
  return <Notice title="No posts yet">When @{alias} posts, it will be here.</Notice>
}
