import type { JSX } from 'react'

import { useFreshness } from '@/api/useFreshness'
import { usePages } from '@/api/usePages'
import { Page } from '@/app/Page'
import { useStore } from '@/app/store'
import { outbox } from '@/posts/outbox'
import { PostList } from '@/posts/PostList'
import { SendingPosts } from '@/posts/SendingPost'
import { useKnownPosts } from '@/posts/useKnownPosts'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Mark } from '@/ui/Wordmark'

import { arrivals, forgetArrivals } from './arrivals'
import { FeedPages } from './FeedPages'
import { LostConnection } from './LostConnection'
import { merge } from './merge'
import { NewPosts } from './NewPosts'

export function Home(): JSX.Element {
  const pages = usePages(FeedPages, {}, (data) => data.feed)
  const { shown } = useStore(arrivals)
  const { sent } = useStore(outbox)
  const added = useKnownPosts([...sent, ...shown])
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
      <SendingPosts />
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
