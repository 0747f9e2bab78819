import { isBlank } from '@/lib/text/characters'

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/**
 * Returns the segments with consecutive blank lines reduced to one, and without blank lines at the start and the end. A line
 * of invisible characters is blank.
 */
export function collapseBlankLines<Segment extends { text: string }>(segments: readonly Segment[]): Segment[] {
  const last = segments.length - 1
  return segments.map((segment, index) => ({
    ...segment,
    text: collapseLines(segment.text.split(LINE_ENDS), { isFirst: index === 0, isLast: index === last }).join('\n'),
  }))
}

/** Collapses the lines of one segment. Its first and last lines continue in the neighbouring segments, if there are any. */
function collapseLines(lines: string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string[] {
  const isBlankLine = (index: number): boolean => {
    const isWholeLine = (isFirst || index > 0) && (isLast || index < lines.length - 1)
    return isWholeLine && (lines[index] === '' || isBlank(lines[index] ?? ''))
  }
  const kept = lines.filter((_, index) => !isBlankLine(index) || !isBlankLine(index - 1))
  if (isFirst && kept.length > 1 && isBlank(kept[0] ?? '')) kept.shift()
  if (isLast && kept.length > 1 && isBlank(kept.at(-1) ?? '')) kept.pop()
  return kept
}
