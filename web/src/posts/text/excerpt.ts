import { withoutDirectionControls } from '@/lib/text/displayName'
import { graphemes } from '@/lib/text/graphemes'

const MAX_LENGTH = 60 // characters

/** Returns the beginning of a post's text on one line, for titles. */
export function excerptOf(segments: readonly { text: string }[]): string {
  const text = withoutDirectionControls(segments.map((segment) => segment.text).join(''))
    .replace(/\s+/g, ' ')
    .trim()
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment)
  return characters.length > MAX_LENGTH
    ? `${characters
        .slice(0, MAX_LENGTH - 1)
        .join('')
        .trimEnd()}…`
    : text
}
