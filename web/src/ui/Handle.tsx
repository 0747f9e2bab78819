import type { JSX } from 'react'

/** An alias with its @. It runs from left to right in every language: otherwise, the @ would be on its other side. */
export function Handle({ alias, className }: { alias: string; className?: string | undefined }): JSX.Element {
  return (
    <bdi dir="ltr" className={className}>
      @{alias}
    </bdi>
  )
}
