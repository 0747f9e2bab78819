import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, type ReactNode, useState } from 'react'
import { useClient } from 'urql'

import { unmask } from '@/gql'
import { useStore } from '@/lib/store'
import type { Jump } from '@/lists/useJump'
import { usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { Page } from '@/page/Page'
import { InlineComposer } from '@/posts/composer/InlineComposer'
import { mergePosts } from '@/posts/mergePosts'
import { sentPostIds } from '@/posts/outbox/accountOutbox'
import { PostList } from '@/posts/PostList'
import { ListEdge, rowOfEdge, rowOfPost } from '@/posts/rows'
import { UnsentPosts } from '@/posts/unsent/UnsentPosts'
import { usePostsById } from '@/posts/usePostsById'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Mark } from '@/ui/Wordmark'

import { FeedPages } from './FeedPages'
import { LostConnection } from './LostConnection'
import { clearNewPosts, newPosts, rowsOf } from './newPosts'
import { NewPostsPill } from './NewPostsPill'
import { ReadLine } from './reading/ReadLine'
import { loadReadPosition } from './reading/readPosition'
import { useReadPosition } from './reading/useReadPosition'
import { ReadPlaceButton } from './ReadPlaceButton'

interface HomeProps {
  /** Whom to follow. Shown if the feed is empty. */
  suggestions: ReactNode
}

export function Home({ suggestions }: HomeProps): JSX.Element {
  const pages = usePagedList(FeedPages, {}, (data) => data.feed)
  const { shown, gone } = useStore(newPosts)
  const own = useStore(sentPostIds)
  const added = usePostsById([...new Set([...own, ...shown.map(({ postId }) => postId)])])
  const ownRows = added.filter(({ id }) => own.includes(id)).map(rowOfPost)
  const loaded = pages.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge)))
  const posts = mergePosts(mergePosts(ownRows, rowsOf(shown, added)), loaded).filter(({ id }) => !gone.has(id))
  const client = useClient()
  const read = useReadPosition(posts, ({ id }) => own.includes(id))
  const [jump, setJump] = useState<Jump | null>(null)
  const reload = async (): Promise<void> => {
    const before = newPosts.get()
    // The position is read while the rows that are new are not shown, and so not marked as read.
    await Promise.all([pages.refresh(), loadReadPosition(client)])
    clearNewPosts(before)
  }
  useRefreshOnVisit(pages, reload)
  return (
    <Page
      title={t`Home`}
      lead={<Mark size={24} />}
      actions={<ReadPlaceButton place={pages.hasMore || pages.problem ? read.below : null} onFound={setJump} />}
    >
      <LostConnection />
      <NewPostsPill reload={reload} />
      <InlineComposer />
      <UnsentPosts />
      <PostList
        label={t`Home feed`}
        posts={posts}
        pages={pages}
        empty={
          <>
            <EmptyFeed />
            {suggestions}
          </>
        }
        end={<EndOfFeed />}
        line={{ above: read.row, content: <ReadLine /> }}
        jump={jump}
      />
    </Page>
  )
}

function EmptyFeed(): JSX.Element {
  const find = (
    <ButtonLink look="strong" to="/explore">
      <Trans>Find people</Trans>
    </ButtonLink>
  )
  return (
    <Notice title={t`Your feed is empty`} actions={find}>
      <Trans>It shows posts by the people you follow, newest first. Follow someone to get started.</Trans>
    </Notice>
  )
}

function EndOfFeed(): JSX.Element {
  return (
    <Notice title={t`You have reached the end`}>
      <Trans>There are no older posts by the people you follow.</Trans>
    </Notice>
  )
}
