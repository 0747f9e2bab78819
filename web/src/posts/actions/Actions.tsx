import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'
import { formatCount } from '@/lib/i18n/format'
import { composeAbout } from '@/posts/drafts/composerState'
import { useSession } from '@/session/session'
import { IconButton } from '@/ui/Button'
import { Icon, type IconName } from '@/ui/Icon'

import css from './actions.module.css'
import { useBookmark } from './bookmarks'
import { likesIn, repliesIn, repostsIn } from './counts'
import { useLike } from './likes'
import { PostMenu } from './PostMenu'
import { RepostMenu } from './RepostMenu'

interface ActionsProps {
  post: PostCardFragment
  /** On the page of the post: its reposts and likes are counted elsewhere. */
  isDetailed: boolean
  onDelete?: (() => void) | undefined
}

/** What can be done with a post, and how many have done it. Visitors who are not signed in see the counts alone. */
export function Actions({ post, isDetailed, onDelete }: ActionsProps): JSX.Element {
  const isSignedIn = useSession() !== null
  return (
    <div className={css.actions}>
      {isSignedIn ? (
        <>
          <ReplyButton post={post} />
          <RepostMenu post={post} isCounted={!isDetailed} />
          <LikeButton post={post} isCounted={!isDetailed} />
          <BookmarkButton post={post} />
        </>
      ) : (
        <Counts post={post} isDetailed={isDetailed} />
      )}
      <PostMenu post={post} onDelete={onDelete} />
    </div>
  )
}

function ReplyButton({ post }: { post: PostCardFragment }): JSX.Element {
  const { replyCount } = post
  const label = t({ message: 'Reply', context: 'verb' })
  return (
    <IconButton
      icon="reply"
      label={replyCount > 0 ? `${label}, ${repliesIn(replyCount)}` : label}
      count={replyCount}
      onClick={() => composeAbout('reply', post)}
    />
  )
}

function LikeButton({ post, isCounted }: { post: PostCardFragment; isCounted: boolean }): JSX.Element {
  const { isOn, count, set } = useLike(post)
  const label = t({ message: 'Like', context: 'verb' })
  return (
    <IconButton
      icon="like"
      label={isCounted && count > 0 ? `${label}, ${likesIn(count)}` : label}
      count={isCounted ? count : 0}
      className={isOn ? css.liked : ''}
      aria-pressed={isOn}
      onClick={() => set(!isOn)}
    />
  )
}

function BookmarkButton({ post }: { post: PostCardFragment }): JSX.Element {
  const { isOn, set } = useBookmark(post)
  return (
    <IconButton
      icon="bookmark"
      label={t({ message: 'Bookmark', context: 'verb' })}
      className={isOn ? css.kept : ''}
      aria-pressed={isOn}
      onClick={() => set(!isOn)}
    />
  )
}

function Counts({ post, isDetailed }: Pick<ActionsProps, 'post' | 'isDetailed'>): JSX.Element {
  const { replyCount, repostCount, likeCount } = post
  return (
    <>
      <Count icon="reply" count={replyCount} label={repliesIn(replyCount)} />
      <Count icon="repost" count={isDetailed ? 0 : repostCount} label={repostsIn(repostCount)} />
      <Count icon="like" count={isDetailed ? 0 : likeCount} label={likesIn(likeCount)} />
      <span />
    </>
  )
}

function Count({ icon, count, label }: { icon: IconName; count: number; label: string }): JSX.Element {
  if (count === 0) return <span />
  return (
    <span className={css.count} title={label}>
      <Icon name={icon} />
      <span aria-hidden>{formatCount(count)}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
