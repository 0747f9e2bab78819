import type { JSX } from 'react'
import { Link } from 'react-router'

import { type FragmentType, unmask } from '@/gql'
import { ClampedText } from '@/posts/text/ClampedText'
import { Avatar } from '@/ui/Avatar'
import { Time } from '@/ui/Time'

import { Author } from './Author'
import css from './Post.module.css'
import { PostCard } from './PostCard'
import { PostFoot } from './PostFoot'
import { useRowLink } from './useRowLink'

interface PostProps {
  post: FragmentType<typeof PostCard>
  /** The index in its list. */
  index: number
}

/** A row of a list of posts. It leads to the page of the post. */
export function Post({ post, index }: PostProps): JSX.Element {
  const { id, author, createdAt, segments, delivery } = unmask(PostCard, post)
  const profile = `/@${author.alias}`
  const address = `${profile}/posts/${id}`
  const opening = useRowLink(address)
  return (
    <article
      className={css.post}
      aria-labelledby={`${id}-author`}
      aria-describedby={`${id}-text`}
      aria-posinset={index + 1}
      aria-setsize={-1}
      data-index={index}
      tabIndex={0}
      {...opening}
    >
      <Link to={profile} tabIndex={-1} aria-hidden className={css.face}>
        <Avatar user={author} index={index} />
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
