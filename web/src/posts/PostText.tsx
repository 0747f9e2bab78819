import type { JSX } from 'react'
import { Link } from 'react-router'

import type { SegmentKind } from '@/gql/graphql'

interface Segment {
  kind: SegmentKind
  text: string
  alias?: string | null | undefined
  url?: string | null | undefined
}

/** Always as text: nothing in it is ever read as markup. */
export function PostText({ segments }: { segments: readonly Segment[] }): JSX.Element[] {
  return segments.map((segment, place) => <Part key={place} {...segment} />)
}

function Part({ kind, text, alias, url }: Segment): JSX.Element {
  if (kind === 'MENTION' && alias) return <Link to={`/@${alias}`}>{text}</Link>
  if (kind === 'LINK' && url) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
    )
  }
  return <>{text}</>
}
