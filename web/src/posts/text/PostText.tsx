import type { JSX } from 'react'
import { Link } from 'react-router'

import type { SegmentKind } from '@/gql/graphql'

import { addressOfTag } from './addressOfTag'
import { collapseBlankLines } from './collapseBlankLines'

export interface Segment {
  kind: SegmentKind
  text: string
  alias?: string | null | undefined
  url?: string | null | undefined
  tag?: string | null | undefined
}

/** Renders the segments of a post as text and links. Markup in the text is never interpreted. */
export function PostText({ segments }: { segments: readonly Segment[] }): JSX.Element[] {
  return collapseBlankLines(segments).map((segment, index) => <Part key={index} {...segment} />)
}

/**
 * Renders one segment. With `dir="auto"`, the first letter outside of elements with their own `dir` decides the direction of
 * a text. Mentions, links and tags have their own, so they do not count, and direction controls in the text cannot reverse them.
 */
function Part({ kind, text, alias, url, tag }: Segment): JSX.Element {
  if (kind === 'MENTION' && alias)
    return (
      <Link to={`/@${alias}`} dir="auto">
        {text}
      </Link>
    )
  if (kind === 'TAG' && tag) {
    return (
      <Link to={addressOfTag(tag)} dir="auto">
        {text}
      </Link>
    )
  }
  if (kind === 'LINK' && url) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {text}
      </a>
    )
  }
  return <>{text}</>
}
