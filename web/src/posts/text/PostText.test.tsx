import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { describe, expect, test } from 'vitest'

import groups from '../../../../tests/domain/segments.json' with { type: 'json' }
import tagGroups from '../../../../tests/domain/tags.json' with { type: 'json' }

import { PostText, type Segment } from './PostText'

interface Part {
  mention?: string
  link?: string
  url?: string
  tag?: string
}
const cases = Object.entries({ ...groups, ...tagGroups } as Record<string, (string | Part)[][]>).flatMap(
  ([name, texts]) => texts.map((parts) => [name, parts] as const),
)

/** Returns a segment like the server's. */
function segmentOf(part: string | Part): Segment {
  if (typeof part === 'string') return { kind: 'TEXT', text: part }
  if (part.mention) return { kind: 'MENTION', text: part.mention, alias: part.mention.slice(1) }
  if (part.tag) return { kind: 'TAG', text: part.tag, tag: part.tag.slice(1) }
  return { kind: 'LINK', text: part.link ?? '', url: part.url ?? part.link }
}

function destinationOf({ alias, url, tag }: Partial<Segment>): string | null | undefined {
  if (alias) return `/@${alias}`
  return tag ? `/tags/${encodeURIComponent(tag)}` : url
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
        .map(({ text, ...segment }) => ({ text, leadsTo: destinationOf(segment) })),
    )
  })
})
