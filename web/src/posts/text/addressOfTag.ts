/** Returns the address of the page of a tag. The tag has no #. */
export function addressOfTag(tag: string): string {
  return `/tags/${encodeURIComponent(tag)}`
}
