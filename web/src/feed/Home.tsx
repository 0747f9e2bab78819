import type { JSX } from 'react'

import { useFreshness } from '@/lists/useRefreshOnVisit'
import { usePages } from '@/lists/usePagedList'
import { Page } from '@/page/Page'
import { useStore } from '@/lib/store'
import { sent } from '@/posts/outbox/accountOutbox'
import { UnsentPosts } from '@/posts/unsent/UnsentPosts'
import { PostList } from '@/posts/PostList'
import { useKnownPosts } from '@/posts/usePostsById'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Mark } from '@/ui/Wordmark'

import { arrivals, forgetArrivals } from './newPosts'
import { FeedPages } from './FeedPages'
import { LostConnection } from './LostConnection'
import { merge } from '@/posts/mergePosts'
import { NewPosts } from './NewPostsPill'

export function Home(): JSX.Element {
  const pages = usePages(FeedPages, {}, (data) => data.feed)
  const { shown } = useStore(arrivals)
  const own = useStore(sent)
  const added = useKnownPosts([...own, ...shown])
  const posts = merge(
    added,
    pages.edges.map(({ node }) => node),
  )
  const renew = async (): Promise<void> => {
    const before = arrivals.get()
    await pages.refresh()
    forgetArrivals(before)
  }
  useFreshness(pages, renew)
  return (
    <Page title="Home" lead={<Mark size={24} />}>
      <LostConnection />
      <NewPosts renew={renew} />
      <UnsentPosts />
      <PostList label="Home feed" posts={posts} pages={pages} empty={<Quiet />} end={<End />} />
    </Page>
  )
}

function Quiet(): JSX.Element {
  const find = (
    <ButtonLink look="strong" to="/search">
      Find people
    </ButtonLink>
  )
  return (
    <Notice title="It is quiet here" actions={find}>
      Your feed shows the posts of the people you follow, newest first. Follow somebody, and it fills at once.
    </Notice>
  )
}

function End(): JSX.Element {
  return <Notice title="That was all">You have read back to the first post of everybody whom you follow.</Notice>
}
