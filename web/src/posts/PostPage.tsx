import { t } from '@lingui/core/macro'
import { type JSX, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'

import { describeError, isInvalidId } from '@/api/errors'
import { graphql, unmask } from '@/gql'
import type { PostCardFragment, ReplyOrder } from '@/gql/graphql'
import { displayName } from '@/lib/text/displayName'
import { formatDateTime } from '@/lib/i18n/format'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { Page } from '@/page/Page'
import { PictureOf } from '@/pictures/picture'
import { PictureGrid } from '@/pictures/PictureGrid'
import { CountLinks } from '@/posts/actions/CountLinks'
import { Author } from '@/posts/card/Author'
import { PostCard } from '@/posts/card/PostCard'
import { PostFoot } from '@/posts/card/PostFoot'
import { Quote } from '@/posts/card/QuoteCard'
import { ReplyLine } from '@/posts/card/ReplyLine'
import { Ancestors, useAncestors } from '@/posts/thread/Ancestors'
import { Replies, useReplies } from '@/posts/thread/Replies'
import { ReplyBox } from '@/posts/thread/ReplyBox'
import { excerptOf } from '@/posts/text/excerpt'
import { PostText } from '@/posts/text/PostText'
import textCss from '@/posts/text/PostText.module.css'
import { Avatar } from '@/ui/Avatar'
import { LoadError } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import { PostNotFound } from './PostNotFound'
import css from './PostPage.module.css'

const PostById = graphql(`
  query OnePost($id: ID!) {
    post(id: $id) {
      id
      isReply
      quoteCount
      ...PostCard
    }
  }
`)

/** The page of a post: what it answers above it, and its replies below it. All is shown together, so that nothing shifts. */
export function PostPage({ alias }: { alias: string }): JSX.Element {
  const { id = '' } = useParams()
  const [{ data, error }, again] = useQuery({
    query: PostById,
    variables: { id },
    requestPolicy: 'cache-and-network',
  })
  const post = unmask(PostCard, data?.post)
  const isReply = data?.post?.isReply ?? false
  const ancestors = useAncestors(id, isReply)
  const [order, setOrder] = useState<ReplyOrder>('OLDEST')
  const replies = useReplies(id, order)
  if (post === null || (error && isInvalidId(error))) {
    return <PostNotFound />
  }
  // A post has only one address, under its author's alias.
  if (post && post.author.alias !== alias) return <CanonicalAddress alias={post.author.alias} />
  const name = post && displayName(post.author)
  const excerpt = post && excerptOf(post.segments)
  const isShown = post && (!isReply || !ancestors.isLoading)
  return (
    <Page
      title={name ?? t({ message: 'Post', context: 'noun' })}
      windowTitle={name && excerpt ? t`${name}: “${excerpt}”` : undefined}
      parentAddress={`/@${alias}`}
    >
      {post && <CanonicalAddress alias={post.author.alias} />}
      {isShown && (
        <>
          {isReply && <Ancestors ancestors={ancestors} />}
          <div className={isReply ? css.below : undefined}>
            <WholePost post={post} quoteCount={data?.post?.quoteCount ?? 0} />
            <ReplyBox post={post} />
            <Replies post={post} pages={replies} order={order} onOrder={setOrder} />
          </div>
        </>
      )}
      {!isShown && !error && <Skeletons count={isReply ? 3 : 1} label={t`Loading the post`} />}
      {!post && error && (
        <LoadError message={describeError(error)} retry={() => again({ requestPolicy: 'network-only' })} />
      )}
    </Page>
  )
}

interface WholePostProps {
  post: PostCardFragment
  quoteCount: number
}

function WholePost({ post, quoteCount }: WholePostProps): JSX.Element {
  const { author, createdAt, segments, repliesTo, quote, media } = post
  const navigate = useNavigate()
  const profile = `/@${author.alias}`
  const name = displayName(author)
  return (
    <article className={css.post} aria-label={t`Post by ${name}`} data-post>
      <header className={css.head}>
        <Link to={profile} tabIndex={-1} aria-hidden>
          <Avatar user={author} size={48} />
        </Link>
        <Author author={author} />
      </header>
      {repliesTo && <ReplyLine alias={repliesTo.alias} />}
      {segments.length > 0 && (
        <p className={`${css.text} ${textCss.text}`} dir="auto">
          <PostText segments={segments} />
        </p>
      )}
      <PictureGrid pictures={unmask(PictureOf, media)} />
      {quote && <Quote quote={quote} />}
      <time className={css.time} dateTime={createdAt}>
        {formatDateTime(createdAt)}
      </time>
      <CountLinks post={post} quoteCount={quoteCount} />
      <PostFoot post={post} isDetailed onDelete={() => void navigate(profile, { replace: true })} />
    </article>
  )
}
