const ROOT_PX = 15 // the font size of base.css, for which lengths in px are designed

/** Converts px to a length that grows with the font size. */
export function inRem(px: number): string {
  return `${px / ROOT_PX}rem`
}
