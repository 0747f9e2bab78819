import type { CSSProperties } from 'react'

import { graphql } from '@/gql'

export const PictureOf = graphql(`
  fragment PictureOf on Media {
    id
    url
    srcset
    width
    height
    alt
    placeholder
  }
`)

/** A picture as it is shown: of a post, or uploaded for one. */
export interface Picture {
  id: string
  url: string
  srcset: string
  width: number
  height: number
  alt: string
  placeholder: string
}

/** Width divided by height of a picture that stands alone. A longer or taller one is cropped. */
const WIDEST = 3
const TALLEST = 0.75

/** Returns the placeholder as a background. An empty placeholder has none. */
export function backgroundOf(placeholder: string): string | undefined {
  return placeholder ? `url("${placeholder}")` : undefined
}

/** Hides the placeholder, which would be seen through a transparent picture. */
export function hidePlaceholder({ currentTarget }: { currentTarget: HTMLImageElement }): void {
  currentTarget.style.backgroundImage = 'none'
}

/** Returns the shape of a picture for the stylesheet. In a grid, it is cropped if it is very long or tall. */
export function sizeOf({ width, height }: Pick<Picture, 'width' | 'height'>, isCropped = true): CSSProperties {
  const ratio = isCropped ? Math.min(WIDEST, Math.max(TALLEST, width / height)) : width / height
  return { '--ratio': ratio, '--width': `${width}px` } as CSSProperties
}
