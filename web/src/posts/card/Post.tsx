import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, unmask } from '@/gql'
import { PictureOf } from '@/pictures/picture'
import { PictureGrid } from '@/pictures/PictureGrid'
import { ClampedText } from '@/posts/text/ClampedText'
import { Avatar } from '@/ui/Avatar'
import { Time } from '@/ui/Time'

import { Author } from './Author'
import css from './Post.module.css'
import { PostCard } from './PostCard'
import { PostFoot } from './PostFoot'
import { Quote } from './QuoteCard'
import { ReplyLine } from './ReplyLine'
import { RepostLine, type RepostLineOf } from './RepostLine'
import { useRowLink } from './useRowLink'

interface PostProps {
  post: FragmentType<typeof PostCard>
  /** The id of the row. A list may have a post twice. */
  row?: string | undefined
  /** Set if the row stands for a repost. */
  repost?: FragmentType<typeof RepostLineOf> | null | undefined
  /** The index in its list; undefined outside of lists. */
  index?: number
}

/** A row of a list of posts. It leads to the page of the post. */
export function Post({ post, row, repost, index }: PostProps): JSX.Element {
  const shown = unmask(PostCard, post)
  const { id, author, createdAt, segments, repliesTo, quote, media } = shown
  const profile = `/@${author.alias}`
  const address = `${profile}/posts/${id}`
  const opening = useRowLink(address)
  const rowId = row ?? id
  return (
    <article
      className={css.post}
      aria-labelledby={`${rowId}-author`}
      aria-describedby={repost ? `${rowId}-reason ${rowId}-text` : `${rowId}-text`}
      {...(index !== undefined && { 'aria-posinset': index + 1, 'aria-setsize': -1, 'data-index': index })}
      tabIndex={0}
      {...opening}
    >
      {repost && <RepostLine repost={repost} id={`${rowId}-reason`} />}
      <Link to={profile} tabIndex={-1} aria-hidden className={css.face}>
        <Avatar user={author} index={index ?? 0} />
      </Link>
      <div className={css.body}>
        <header className={css.head}>
          <Author id={`${rowId}-author`} author={author} />
          <Link to={address} className={css.time}>
            <Time at={createdAt} />
          </Link>
        </header>
        {repliesTo && <ReplyLine alias={repliesTo.alias} />}
        <div className={css.said}>
          <ClampedText id={id} row={rowId} segments={segments} />
        </div>
        <PictureGrid pictures={unmask(PictureOf, media)} index={index} />
        {quote && <Quote quote={quote} />}
        <PostFoot post={shown} />
      </div>
    </article>
  )
}
