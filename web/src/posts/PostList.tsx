import { t } from '@lingui/core/macro'
import type { JSX, ReactNode } from 'react'

import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'
import type { Jump } from '@/lists/useJump'
import { isEmptyList, type ListState } from '@/lists/usePagedList'
import { Post } from '@/posts/card/Post'

import type { PostRow } from './rows'

interface PostListProps {
  label: string
  posts: readonly PostRow[]
  pages: ListState
  /** Shown in place of an empty list. */
  empty: ReactNode
  /** Shown below the oldest post. */
  end: ReactNode
  /** Shown above the row with this id. It has no height. */
  line?: { above: string | null; content: ReactNode }
  jump?: Jump | null
}

export function PostList({ label, posts, pages, empty, end, line, jump }: PostListProps): JSX.Element {
  if (isEmptyList(posts, pages)) return <>{empty}</>
  return (
    <EndlessList
      label={label}
      items={posts}
      keyOf={(row) => row.id}
      row={({ id, post, repost }, index) => (
        <>
          {line?.above === id && line.content}
          <Post post={post} row={id} repost={repost} index={index} />
        </>
      )}
      pages={pages}
      jump={jump ?? null}
      foot={<ListFoot pages={pages} isFirst={posts.length === 0} label={t`Loading posts`} end={end} />}
    />
  )
}
