import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { describe, expect, test } from 'vitest'

import groups from '../../../../tests/domain/segments.json' with { type: 'json' }
import type { SegmentKind } from '@/gql/graphql'

import { PostText } from './PostText'

interface Part {
  mention?: string
  link?: string
  url?: string
}
const cases = Object.entries(groups as Record<string, (string | Part)[][]>).flatMap(([name, texts]) =>
  texts.map((parts) => [name, parts] as const),
)

/** Returns a segment like the server's. */
function segmentOf(part: string | Part) {
  if (typeof part === 'string') return { kind: 'TEXT' as SegmentKind, text: part }
  if (part.mention) return { kind: 'MENTION' as SegmentKind, text: part.mention, alias: part.mention.slice(1) }
  return { kind: 'LINK' as SegmentKind, text: part.link ?? '', url: part.url ?? part.link }
}

function textOf(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
  return html.replace(/<[^>]*>/g, '').replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? `&${name};`)
}

describe('the text of a post', () => {
  test.each(cases)('%s: %j is shown with the links of the server', (_, parts) => {
    const segments = parts.map(segmentOf)
    const html = renderToStaticMarkup(
      <MemoryRouter>
        <PostText segments={segments} />
      </MemoryRouter>,
    )
    expect(textOf(html)).toBe(segments.map(({ text }) => text).join(''))
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(([, href, inside]) => ({
      text: textOf(inside ?? ''),
      leadsTo: textOf(href ?? ''),
    }))
    expect(links).toEqual(
      segments
        .filter(({ kind }) => kind !== 'TEXT')
        .map(({ text, alias, url }) => ({ text, leadsTo: alias ? `/@${alias}` : url })),
    )
  })
})
