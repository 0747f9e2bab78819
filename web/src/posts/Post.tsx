import type { JSX, MouseEvent } from 'react'
import { Link, useNavigate } from 'react-router'

import { unmask, type FragmentType } from '@/gql'
import { Avatar } from '@/ui/Avatar'
import { Time } from '@/ui/Time'

import { Author } from './Author'
import css from './Post.module.css'
import { PostCard } from './PostCard'
import { PostFoot } from './PostFoot'
import { PostText } from './PostText'

interface PostProps {
  post: FragmentType<typeof PostCard>
  /** In its list, from 0. */
  place: number
}

/** A row of a list of posts, which leads to the post's own page. */
export function Post({ post, place }: PostProps): JSX.Element {
  const { id, author, createdAt, segments, delivery } = unmask(PostCard, post)
  const navigate = useNavigate()
  const profile = `/@${author.alias}`
  const address = `${profile}/posts/${id}`
  const open = (event: MouseEvent): void => {
    const isElsewhere = event.target instanceof Element && event.target.closest('a, button, dialog')
    if (!isElsewhere && getSelection()?.isCollapsed) void navigate(address)
  }
  return (
    <article
      className={css.post}
      aria-labelledby={`${id}-author`}
      aria-describedby={`${id}-text`}
      aria-posinset={place + 1}
      aria-setsize={-1}
      data-place={place}
      tabIndex={0}
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && void navigate(address)}
    >
      <Link to={profile} tabIndex={-1} aria-hidden className={css.face}>
        <Avatar user={author} />
      </Link>
      <div className={css.body}>
        <header className={css.head}>
          <Author id={`${id}-author`} author={author} />
          <Link to={address} className={css.time}>
            <Time at={createdAt} />
          </Link>
        </header>
        <p className={css.text} id={`${id}-text`} dir="auto">
          <PostText segments={segments} />
        </p>
        {author.isViewer && <PostFoot id={id} isCelebrity={author.isCelebrity} delivery={delivery} />}
      </div>
    </article>
  )
}
