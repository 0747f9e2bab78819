import type { JSX } from 'react'

import { now } from '@/lib/now'
import { useStore } from '@/lib/store'
import { formatDateTime, timeAgo } from '@/lib/i18n/format'

/** The age of something, kept up to date, with the exact time as a tooltip. */
export function Time({ at }: { at: string }): JSX.Element {
  const currentTime = useStore(now)
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {timeAgo(at, currentTime)}
    </time>
  )
}
