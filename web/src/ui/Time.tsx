import type { JSX } from 'react'

import { useStore } from '@/lib/store'

import { minute } from '@/lib/now'
import { exactly, sinceThen } from '@/lib/text/timeAgo'

/** How long ago, kept up to date; exactly when, on asking. */
export function Time({ at }: { at: string }): JSX.Element {
  const now = useStore(minute)
  return (
    <time dateTime={at} title={exactly(at)}>
      {sinceThen(at, now)}
    </time>
  )
}
