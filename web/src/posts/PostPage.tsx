import type { JSX } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useQuery } from 'urql'

import { describe, isNotAnId } from '@/api/problems'
import { Canonical } from '@/app/Canonical'
import { NotFound } from '@/app/NotFound'
import { Page } from '@/app/Page'
import { graphql, unmask } from '@/gql'
import type { PostCardFragment } from '@/gql/graphql'
import { Avatar } from '@/ui/Avatar'
import { nameOf } from '@/ui/names'
import { Failed } from '@/ui/Notice'
import { exactly } from '@/ui/since'
import { Skeletons } from '@/ui/Skeleton'

import { Author } from './Author'
import { excerptOf } from './excerpt'
import { PostCard } from './PostCard'
import { PostFoot } from './PostFoot'
import css from './PostPage.module.css'
import { PostText } from './PostText'
import textCss from './PostText.module.css'

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
