import type { JSX, ReactNode } from 'react'

import { isEmpty, type ListState } from '@/lists/usePagedList'
import type { FragmentType } from '@/gql'
import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'

import { Post } from '@/posts/card/Post'
import type { PostCard } from '@/posts/card/PostCard'

export type PostNode = { id: string } & FragmentType<typeof PostCard>

interface PostListProps {
  label: string
  posts: readonly PostNode[]
  pages: ListState
  /** In the place of a list without posts. */
  empty: ReactNode
  /** Below the oldest post. */
  end: ReactNode
}

export function PostList({ label, posts, pages, empty, end }: PostListProps): JSX.Element {
  if (isEmpty(posts, pages)) return <>{empty}</>
  return (
    <EndlessList
      label={label}
      items={posts}
      keyOf={(post) => post.id}
      row={(post, place) => <Post post={post} place={place} />}
      pages={pages}
      foot={<ListFoot pages={pages} isFirst={posts.length === 0} label="Loading posts" end={end} />}
    />
  )
}
