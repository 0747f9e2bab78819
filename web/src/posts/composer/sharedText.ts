const MAX_LENGTH = 5_000 // code units; what is longer than a post, its author shortens

/** Returns the text for a post about what another app shares: a title, a text and an address, each at most once. */
export function sharedText(parameters: URLSearchParams): string {
  const parts = ['title', 'text', 'url'].map((name) => (parameters.get(name) ?? '').trim())
  const isRepeated = (part: string, index: number): boolean =>
    parts.some((other, place) => other.includes(part) && (other !== part || place < index))
  return parts
    .filter((part, index) => part !== '' && !isRepeated(part, index))
    .join('\n')
    .slice(0, MAX_LENGTH)
}
