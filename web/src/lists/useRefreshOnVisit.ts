import { useEffect, useEffectEvent } from 'react'
import { useNavigationType } from 'react-router'

import type { Pages } from './usePagedList'

/** Who returns to a list finds it as it was. Who comes anew is shown what is known of it at once, and reads it anew. */
export function useFreshness(pages: Pick<Pages<unknown, unknown>, 'data' | 'refresh'>, renew = pages.refresh): void {
  const isReturn = useNavigationType() === 'POP'
  const begin = useEffectEvent(() => {
    if (!isReturn && pages.data) void renew()
  })
  useEffect(() => {
    begin()
  }, [])
}
