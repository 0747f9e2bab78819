import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ComponentType, JSX } from 'react'
import { useLocation, useParams } from 'react-router'

import { isInvalidId } from '@/api/errors'
import { graphql, unmask } from '@/gql'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { PersonList } from '@/people/PersonList'
import { PostList } from '@/posts/PostList'
import { PostNotFound } from '@/posts/PostNotFound'
import { ListEdge, rowOfEdge } from '@/posts/rows'
import { Notice } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'

const LikePages = graphql(`
  query Likes($id: ID!, $after: String) {
    post(id: $id) {
      id
      author {
        id
        alias
      }
      likes(first: 30, after: $after) {
        edges {
          cursor
          node {
            id
            ...PersonCard
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

const RepostPages = graphql(`
  query Reposts($id: ID!, $after: String) {
    post(id: $id) {
      id
      author {
        id
        alias
      }
      reposts(first: 30, after: $after) {
        edges {
          cursor
          node {
            id
            ...PersonCard
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

const QuotePages = graphql(`
  query Quotes($id: ID!, $after: String) {
    post(id: $id) {
      id
      author {
        id
        alias
      }
      quotes(first: 20, after: $after) {
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

interface ListProps {
  alias: string
  id: string
}

interface Reaction {
  /** The last part of the address. */
  path: string
  name: MessageDescriptor
  list: ComponentType<ListProps>
}

const REACTIONS: readonly Reaction[] = [
  { path: 'likes', name: msg`Likes`, list: Likes },
  { path: 'reposts', name: msg`Reposts`, list: Reposts },
  { path: 'quotes', name: msg`Quotes`, list: Quotes },
]

/** The pages of who has liked, reposted and quoted a post. */
export default function Reactions({ alias }: { alias: string }): JSX.Element {
  const { id = '' } = useParams()
  const { pathname } = useLocation()
  const shown = REACTIONS.find(({ path }) => pathname.replace(/\/$/, '').endsWith(`/${path}`))
  if (!shown) return <NotFound />
  return <shown.list alias={alias} id={id} />
}

function Likes({ alias, id }: ListProps): JSX.Element {
  const pages = usePagedList(LikePages, { id }, (data) => data.post?.likes)
  const title = t`Likes of a post by @${alias}`
  const empty = (
    <Notice title={t`No likes yet`}>
      <Trans>People who like this post are listed here, the latest first.</Trans>
    </Notice>
  )
  return (
    <ReactionPage alias={alias} id={id} path="likes" title={title} pages={pages}>
      <PersonList label={title} pages={pages} empty={empty} />
    </ReactionPage>
  )
}

function Reposts({ alias, id }: ListProps): JSX.Element {
  const pages = usePagedList(RepostPages, { id }, (data) => data.post?.reposts)
  const title = t`Reposts of a post by @${alias}`
  const empty = (
    <Notice title={t`No reposts yet`}>
      <Trans>People who have reposted this post are listed here, the latest first.</Trans>
    </Notice>
  )
  return (
    <ReactionPage alias={alias} id={id} path="reposts" title={title} pages={pages}>
      <PersonList label={title} pages={pages} empty={empty} />
    </ReactionPage>
  )
}

function Quotes({ alias, id }: ListProps): JSX.Element {
  const pages = usePagedList(QuotePages, { id }, (data) => data.post?.quotes)
  const title = t`Quotes of a post by @${alias}`
  const empty = (
    <Notice title={t`No quotes yet`}>
      <Trans>Posts that quote this one are listed here, newest first.</Trans>
    </Notice>
  )
  const posts = pages.edges.map((edge) => rowOfEdge(unmask(ListEdge, edge)))
  return (
    <ReactionPage alias={alias} id={id} path="quotes" title={title} pages={pages}>
      <PostList label={title} posts={posts} pages={pages} empty={empty} end={null} />
    </ReactionPage>
  )
}

interface ReactionPageProps extends ListProps {
  path: string
  title: string
  pages: Pick<PagedList<{ post: { author: { alias: string } } | null }, unknown>, 'data' | 'problem' | 'refresh'>
  children: JSX.Element
}

function ReactionPage({ alias, id, path, title, pages, children }: ReactionPageProps): JSX.Element {
  useRefreshOnVisit(pages)
  const author = pages.data?.post?.author
  const isUnknown = pages.data?.post === null || (pages.problem && isInvalidId(pages.problem))
  if (isUnknown) return <PostNotFound />
  if (author && author.alias !== alias) return <CanonicalAddress alias={author.alias} />
  const address = `/@${alias}/posts/${id}`
  return (
    <Page title={t`Reactions`} windowTitle={title} parentAddress={address}>
      {author && <CanonicalAddress alias={author.alias} />}
      <Tabs
        label={t`Reactions to the post`}
        tabs={REACTIONS.map((reaction) => ({
          name: i18n._(reaction.name),
          to: `${address}/${reaction.path}`,
          isCurrent: reaction.path === path,
        }))}
        replace
      />
      {children}
    </Page>
  )
}
