import type { JSX } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'

import { describe, isNotAnId } from '@/api/errors'
import { Canonical } from '@/page/CanonicalAddress'
import { NotFound } from '@/page/NotFound'
import { Page } from '@/page/Page'
import { graphql, unmask } from '@/gql'
import type { PostCardFragment } from '@/gql/graphql'
import { Avatar } from '@/ui/Avatar'
import { nameOf } from '@/lib/text/displayName'
import { Failed } from '@/ui/Notice'
import { exactly } from '@/lib/text/timeAgo'
import { Skeletons } from '@/ui/Skeleton'

import { Author } from '@/posts/card/Author'
import { excerptOf } from '@/posts/text/excerpt'
import { PostCard } from '@/posts/card/PostCard'
import { PostFoot } from '@/posts/card/PostFoot'
import css from './PostPage.module.css'
import { PostText } from '@/posts/text/PostText'
import textCss from '@/posts/text/PostText.module.css'

const OnePost = graphql(`
  query OnePost($id: ID!) {
    post(id: $id) {
      id
      ...PostCard
    }
  }
`)

/** One post, and nothing beside it. */
export function PostPage({ alias }: { alias: string }): JSX.Element {
  const { id = '' } = useParams()
  const [{ data, error }, again] = useQuery({ query: OnePost, variables: { id } })
  const post = unmask(PostCard, data?.post)
  if (post === null || (error && isNotAnId(error))) {
    return (
      <NotFound title="This post is not here">Its author may have deleted it, or its address is mistyped.</NotFound>
    )
  }
  // A post is shown under its author's address alone.
  if (post && post.author.alias !== alias) return <Canonical alias={post.author.alias} />
  const name = post && nameOf(post.author)
  return (
    <Page title={name ?? 'Post'} windowTitle={post && `${name}: “${excerptOf(post.segments)}”`} above={`/@${alias}`}>
      {post && <Canonical alias={post.author.alias} />}
      {post && <Whole post={post} />}
      {!post && !error && <Skeletons count={1} label="Loading the post" />}
      {!post && error && <Failed message={describe(error)} retry={() => again({ requestPolicy: 'network-only' })} />}
    </Page>
  )
}

function Whole({ post: { id, author, createdAt, segments, delivery } }: { post: PostCardFragment }): JSX.Element {
  const navigate = useNavigate()
  const profile = `/@${author.alias}`
  return (
    <article className={css.post} aria-label={`Post by ${nameOf(author)}`}>
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
        {exactly(createdAt)}
      </time>
      {author.isViewer && (
        <PostFoot id={id} delivery={delivery} isWhole onDelete={() => void navigate(profile, { replace: true })} />
      )}
    </article>
  )
}
