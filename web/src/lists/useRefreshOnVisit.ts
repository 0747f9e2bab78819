import { useEffect, useEffectEvent } from 'react'
import { useNavigationType } from 'react-router'

import type { PagedList } from './usePagedList'

/** Refreshes a cached list on a new visit. On a return with Back or Forward, the list stays as it was. */
export function useRefreshOnVisit(
  pages: Pick<PagedList<unknown, unknown>, 'data' | 'refresh'>,
  refresh = pages.refresh,
): void {
  const isReturn = useNavigationType() === 'POP'
  const onVisit = useEffectEvent(() => {
    if (!isReturn && pages.data) void refresh()
  })
  useEffect(() => {
    onVisit()
  }, [])
}
