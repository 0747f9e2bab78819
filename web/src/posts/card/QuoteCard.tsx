import { plural, t } from '@lingui/core/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, graphql, unmask } from '@/gql'
import type { PostHidden } from '@/gql/graphql'
import { withoutDirectionControls } from '@/lib/text/displayName'
import { PictureOf } from '@/pictures/picture'
import { PictureGrid } from '@/pictures/PictureGrid'
import { Avatar } from '@/ui/Avatar'
import { Handle } from '@/ui/Handle'
import { Name } from '@/ui/Name'
import { Time } from '@/ui/Time'

import { HiddenPost } from './HiddenPost'
import css from './QuoteCard.module.css'

export const QuotedPost = graphql(`
  fragment QuotedPost on Post {
    id
    createdAt
    segments {
      text
    }
    media {
      ...PictureOf
    }
    author {
      id
      alias
      firstName
      lastName
      ...AvatarOf
    }
  }
`)

interface QuoteCardProps {
  post: FragmentType<typeof QuotedPost>
  /** Without a link and small, in the composer. */
  isPlain?: boolean
}

/** A quoted post inside another one. Its own quote is not shown. */
export function QuoteCard({ post, isPlain = false }: QuoteCardProps): JSX.Element {
  const { id, createdAt, segments, media, author } = unmask(QuotedPost, post)
  const { alias } = author
  const count = media.length
  const content = (
    <>
      <span className={css.head}>
        <Avatar user={author} size={20} />
        <Name of={author} className={css.name} /> <Handle alias={author.alias} className={css.soft} />
        <span className={css.time}>
          <Time at={createdAt} />
        </span>
      </span>
      <span className={css.text} dir="auto">
        {withoutDirectionControls(segments.map(({ text }) => text).join(''))}
      </span>
      {isPlain && count > 0 && (
        <span className={css.soft}>{plural(count, { one: '# picture', other: '# pictures' })}</span>
      )}
      {!isPlain && <PictureGrid pictures={unmask(PictureOf, media)} isPlain />}
    </>
  )
  if (isPlain) return <div className={css.card}>{content}</div>
  return (
    <Link to={`/@${alias}/posts/${id}`} className={css.card}>
      <span className="visually-hidden">{t`Quoted post by @${alias}`}</span>
      {content}
    </Link>
  )
}

interface QuoteProps {
  quote: { post?: FragmentType<typeof QuotedPost> | null; hiddenBecause?: PostHidden | null }
}

/** What a post quotes: the post, or why it is not shown. */
export function Quote({ quote: { post, hiddenBecause } }: QuoteProps): JSX.Element {
  return post ? <QuoteCard post={post} /> : <HiddenPost reason={hiddenBecause} />
}
