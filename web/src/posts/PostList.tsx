import type { JSX, ReactNode } from 'react'

import { isEmpty, type ListState } from '@/api/usePages'
import type { FragmentType } from '@/gql'
import { EndlessList } from '@/ui/EndlessList'
import { ListFoot } from '@/ui/ListFoot'

import { Post } from './Post'
import type { PostCard } from './PostCard'

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
