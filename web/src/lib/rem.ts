const ROOT_PX = 15 // see base.css: the size of text for which lengths in px are meant

/** A length that grows with the size of text. */
export function inRem(px: number): string {
  return `${px / ROOT_PX}rem`
}
