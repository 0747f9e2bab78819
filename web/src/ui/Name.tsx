import type { JSX } from 'react'

import { displayName, type Named } from '@/lib/text/displayName'

/** An account's name. `bdi` isolates it, so that its direction does not affect the text around it. */
export function Name({ of, className }: { of: Named; className?: string | undefined }): JSX.Element {
  return <bdi className={className}>{displayName(of)}</bdi>
}
