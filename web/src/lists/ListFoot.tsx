import type { ReactNode } from 'react'

import { describe } from '@/api/errors'
import type { ListState } from './usePagedList'

import { Failed } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

interface ListFootProps {
  pages: Omit<ListState, 'loadMore'>
  isFirst: boolean
  label: string
  /** Below the last row of all. */
  end?: ReactNode
}

/** Below the rows of a list: what is on its way, what went wrong, or that this is all. */
export function ListFoot({ pages, isFirst, label, end = null }: ListFootProps): ReactNode {
  if (pages.problem) return <Failed message={describe(pages.problem)} retry={pages.retry} />
  // The keys: below rows it is another element than in their place, and does not count as one that has moved.
  if (isFirst && pages.isLoading) return <Skeletons key="first" count={7} label={label} />
  if (pages.hasMore || pages.isLoading) return <Skeletons key="more" count={2} label={label} />
  return end
}
