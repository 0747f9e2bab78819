import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
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
import { ListEdge, rowOfEdge, rowOfPost } from './rows'
import { usePostsById } from './usePostsById'

const StoryPages = graphql(`
  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {
    user(alias: $alias) {
      id
      story(first: 20, after: $after, shows: $shows) {
        edges {
          ...ListEdge
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

const LABELS: Record<StoryKind, (alias: string) => string> = {
  POST: (alias) => t`Posts by @${alias}`,
  REPLY: (alias) => t`Replies by @${alias}`,
  REPOST: (alias) => t`Reposts by @${alias}`,
  MEDIA: (alias) => t`Media by @${alias}`,
}

/** What is shown in place of an empty list: a title, and a text about the account. */
const EMPTY: Record<StoryKind, [MessageDescriptor, (alias: string) => string]> = {
  POST: [msg`No posts yet`, (alias) => t`Posts by @${alias} will appear here.`],
  REPLY: [msg`No replies yet`, (alias) => t`Replies by @${alias} will appear here.`],
  REPOST: [msg`No reposts yet`, (alias) => t`Reposts by @${alias} will appear here.`],
  MEDIA: [msg`No media yet`, (alias) => t`Media by @${alias} will appear here.`],
}

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
    pages.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge))),
  )
  return (
    <>
      {isOwn && kind !== 'REPOST' && <UnsentPosts only={({ about }) => (about?.kind === 'reply') === isReply} />}
      <PostList
        label={LABELS[kind](alias)}
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
      <Trans>Write a post</Trans>
    </Button>
  )
  return (
    <Notice title={t`You have not posted yet`} actions={write}>
      <Trans>Your posts appear here and in the feeds of your followers.</Trans>
    </Notice>
  )
}

function EmptyStory({ alias, kind }: { alias: string; kind: StoryKind }): JSX.Element {
  const [title, text] = EMPTY[kind]
  return <Notice title={i18n._(title)}>{text(alias)}</Notice>
}
