import type { JSX } from 'react'

import { type Named, nameOf } from '@/lib/text/displayName'

/** An account's names, isolated: the direction of their script changes nothing around them. */
export function Name({ of, className }: { of: Named; className?: string | undefined }): JSX.Element {
  return <bdi className={className}>{nameOf(of)}</bdi>
}
