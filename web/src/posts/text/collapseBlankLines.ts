import { isBlank } from '@/lib/text/characters'

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/**
 * Returns the segments as pages show them: one blank line where there are several, and none at the ends. A line of
 * invisible characters is blank.
 */
export function tidy<Segment extends { text: string }>(segments: readonly Segment[]): Segment[] {
  const last = segments.length - 1
  return segments.map((segment, place) => ({
    ...segment,
    text: tidyLines(segment.text.split(LINE_ENDS), { isFirst: place === 0, isLast: place === last }).join('\n'),
  }))
}

/** The first and the last line are parts of lines that other segments share, unless those are missing. */
function tidyLines(lines: string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string[] {
  const isBare = (place: number): boolean => {
    const isInside = (isFirst || place > 0) && (isLast || place < lines.length - 1)
    return isInside && (lines[place] === '' || isBlank(lines[place] ?? ''))
  }
  const kept = lines.filter((_, place) => !isBare(place) || !isBare(place - 1))
  if (isFirst && kept.length > 1 && isBlank(kept[0] ?? '')) kept.shift()
  if (isLast && kept.length > 1 && isBlank(kept.at(-1) ?? '')) kept.pop()
  return kept
}
