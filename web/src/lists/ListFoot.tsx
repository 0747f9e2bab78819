import type { ReactNode } from 'react'

import { describeError } from '@/api/errors'
import { LoadError } from '@/ui/Notice'
import { Skeletons } from '@/ui/Skeleton'

import type { ListState } from './usePagedList'

interface ListFootProps {
  pages: Omit<ListState, 'loadMore'>
  isFirst: boolean
  label: string
  /** Shown below the last row of a fully loaded list. */
  end?: ReactNode
}

/** The end of a list: a loading state, an error, or `end` if the list is fully loaded. */
export function ListFoot({ pages, isFirst, label, end = null }: ListFootProps): ReactNode {
  if (pages.problem) return <LoadError message={describeError(pages.problem)} retry={pages.retry} />
  // With different keys, the skeletons below the rows are new elements and do not count as a layout shift.
  if (isFirst && pages.isLoading) return <Skeletons key="first" count={7} label={label} />
  if (pages.hasMore || pages.isLoading) return <Skeletons key="more" count={2} label={label} />
  return end
}
