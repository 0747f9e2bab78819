import type { JSX } from 'react'
import { Link } from 'react-router'

import { unmask, type FragmentType } from '@/gql'
import { Avatar } from '@/ui/Avatar'
import { Time } from '@/ui/Time'

import { Author } from './Author'
import { ClampedText } from '@/posts/text/ClampedText'
import { useOpening } from './useRowLink'
import css from './Post.module.css'
import { PostCard } from './PostCard'
import { PostFoot } from './PostFoot'

interface PostProps {
  post: FragmentType<typeof PostCard>
  /** In its list, from 0. */
  place: number
}

/** A row of a list of posts, which leads to the post's own page. */
export function Post({ post, place }: PostProps): JSX.Element {
  const { id, author, createdAt, segments, delivery } = unmask(PostCard, post)
  const profile = `/@${author.alias}`
  const address = `${profile}/posts/${id}`
  const opening = useOpening(address)
  return (
    <article
      className={css.post}
      aria-labelledby={`${id}-author`}
      aria-describedby={`${id}-text`}
      aria-posinset={place + 1}
      aria-setsize={-1}
      data-place={place}
      tabIndex={0}
      {...opening}
    >
      <Link to={profile} tabIndex={-1} aria-hidden className={css.face}>
        <Avatar user={author} place={place} />
      </Link>
      <div className={css.body}>
        <header className={css.head}>
          <Author id={`${id}-author`} author={author} />
          <Link to={address} className={css.time}>
            <Time at={createdAt} />
          </Link>
        </header>
        <div className={css.said}>
          <ClampedText id={id} segments={segments} />
        </div>
        {author.isViewer && <PostFoot id={id} delivery={delivery} />}
      </div>
    </article>
  )
}
