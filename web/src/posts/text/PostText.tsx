import type { JSX } from 'react'
import { Link } from 'react-router'

import type { SegmentKind } from '@/gql/graphql'

import { tidy } from './collapseBlankLines'

export interface Segment {
  kind: SegmentKind
  text: string
  alias?: string | null | undefined
  url?: string | null | undefined
}

/** Always as text: nothing in it is ever read as markup. */
export function PostText({ segments }: { segments: readonly Segment[] }): JSX.Element[] {
  return tidy(segments).map((segment, place) => <Part key={place} {...segment} />)
}

/**
 * The direction of a text with `dir="auto"` is that of its first letter outside of elements with a `dir` of their own. So
 * those of mentions and links do not count, and controls in the text cannot turn them around.
 */
function Part({ kind, text, alias, url }: Segment): JSX.Element {
  if (kind === 'MENTION' && alias)
    return (
      <Link to={`/@${alias}`} dir="auto">
        {text}
      </Link>
    )
  if (kind === 'LINK' && url) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {text}
      </a>
    )
  }
  return <>{text}</>
}
