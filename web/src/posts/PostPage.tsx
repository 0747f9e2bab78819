import type { JSX } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'

import { describeError, isInvalidId } from '@/api/errors'
import { graphql, unmask } from '@/gql'
import type { PostCardFragment } from '@/gql/graphql'
import { displayName } from '@/lib/text/displayName'
import { formatDateTime } from '@/lib/text/timeAgo'
import { CanonicalAddress } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { Author } from '@/posts/card/Author'
import { PostCard } from '@/posts/card/PostCard'
import { PostFoot } from '@/posts/card/PostFoot'
import { excerptOf } from '@/posts/text/excerpt'
import { PostText } from '@/posts/text/PostText'
import textCss from '@/posts/text/PostText.module.css'
import { Avatar } from '@/ui/Avatar'
import { LoadError } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import css from './PostPage.module.css'

const PostById = graphql(`
  query OnePost($id: ID!) {
    post(id: $id) {
      id
      ...PostCard
    }
  }
`)

/** The page of a single post. */
export function PostPage({ alias }: { alias: string }): JSX.Element {
  const { id = '' } = useParams()
  const [{ data, error }, again] = useQuery({ query: PostById, variables: { id } })
  const post = unmask(PostCard, data?.post)
  if (post === null || (error && isInvalidId(error))) {
    return <NotFound title="Post not found">Its author may have deleted it, or the address may be mistyped.</NotFound>
  }
  // A post has only one address, under its author's alias.
  if (post && post.author.alias !== alias) return <CanonicalAddress alias={post.author.alias} />
  const name = post && displayName(post.author)
  return (
    <Page
      title={name ?? 'Post'}
      windowTitle={post && `${name}: “${excerptOf(post.segments)}”`}
      parentAddress={`/@${alias}`}
    >
      {post && <CanonicalAddress alias={post.author.alias} />}
      {post && <WholePost post={post} />}
      {!post && !error && <Skeletons count={1} label="Loading the post" />}
      {!post && error && (
        <LoadError message={describeError(error)} retry={() => again({ requestPolicy: 'network-only' })} />
      )}
    </Page>
  )
}

function WholePost({ post: { id, author, createdAt, segments, delivery } }: { post: PostCardFragment }): JSX.Element {
  const navigate = useNavigate()
  const profile = `/@${author.alias}`
  return (
    <article className={css.post} aria-label={`Post by ${displayName(author)}`}>
      <header className={css.head}>
        <Link to={profile} tabIndex={-1} aria-hidden>
          <Avatar user={author} size={48} />
        </Link>
        <Author author={author} />
      </header>
      <p className={`${css.text} ${textCss.text}`} dir="auto">
        <PostText segments={segments} />
      </p>
      <time className={css.time} dateTime={createdAt}>
        {formatDateTime(createdAt)}
      </time>
      {author.isViewer && (
        <PostFoot id={id} delivery={delivery} isDetailed onDelete={() => void navigate(profile, { replace: true })} />
      )}
    </article>
  )
}
