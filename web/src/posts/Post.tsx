import { type JSX, type MouseEvent } from 'react'
import { Link, useNavigate } from 'react-router'

import { graphql, unmask, type FragmentType } from '@/gql'
import { Avatar } from '@/ui/Avatar'
import { Time } from '@/ui/Time'

import css from './Post.module.css'
import { PostText } from './PostText'

export const PostCard = graphql(`
  fragment PostCard on Post {
    id
    createdAt
    segments {
      kind
      text
      alias
      url
    }
    author {
      id
      alias
      firstName
      lastName
      isViewer
      ...AvatarOf
    }
    delivery {
      state
      targets
      delivered
    }
  }
`)

interface PostProps {
  post: FragmentType<typeof PostCard>
  place: number
}

export function Post({ post, place }: PostProps): JSX.Element {
  const { id, author, createdAt, segments } = unmask(PostCard, post)
  const navigate = useNavigate()
  const profile = `/@${author.alias}`
  const address = `${profile}/posts/${id}`
  const open = (event: MouseEvent): void => {
    if (event.target instanceof Element && !event.target.closest('a, button') && getSelection()?.isCollapsed) void navigate(address)
  }
  return (
    <article
      className={css.post}
      aria-labelledby={`${id}-author`}
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
          <Link to={profile} className={css.author} id={`${id}-author`}>
            <bdi className={css.name}>
              {author.firstName} {author.lastName}
            </bdi>{' '}
            <span className={css.alias}>@{author.alias}</span>
          </Link>
          <Link to={address} className={css.time}>
            <Time at={createdAt} />
          </Link>
        </header>
        <p className={css.text} dir="auto">
          <PostText segments={segments} />
        </p>
      </div>
    </article>
  )
}
