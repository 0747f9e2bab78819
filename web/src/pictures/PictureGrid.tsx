import { t } from '@lingui/core/macro'
import { type CSSProperties, type JSX, lazy, Suspense, useState } from 'react'

import { graphql, type FragmentType, unmask } from '@/gql'
import { createStore, useStore } from '@/lib/store'
import { toast } from '@/ui/overlays/toastStore'

import css from './PictureGrid.module.css'

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
const ROWS_ON_FIRST_SCREEN = 4

const loadLightbox = () => import('./Lightbox')
const Lightbox = lazy(loadLightbox)

/** Whether the code of the lightbox is loaded. That happens when the browser is idle or the first picture is opened. */
const isLoaded = createStore(false)

export async function preloadLightbox(): Promise<void> {
  await loadLightbox()
  isLoaded.set(true)
}

interface PictureGridProps {
  pictures: readonly FragmentType<typeof PictureOf>[]
  /** The index of the post in a list. Pictures further down are loaded when they are scrolled near the window. */
  index?: number | undefined
  /** Without buttons, inside of a link. */
  isPlain?: boolean
}

/** The pictures of a post. A click opens one in the lightbox. Its size is known before they are loaded. */
export function PictureGrid({ pictures, index = 0, isPlain = false }: PictureGridProps): JSX.Element | null {
  const shown = pictures.map((picture) => unmask(PictureOf, picture))
  const [opened, setOpened] = useState<number | null>(null)
  const canShow = useStore(isLoaded)
  const [first] = shown
  if (!first) return null
  const open = (place: number): void => {
    setOpened(place)
    if (canShow) return
    preloadLightbox().catch(() => {
      setOpened(null)
      toast(t`The picture could not be opened.`, { isProblem: true })
    })
  }
  const isLazy = index >= ROWS_ON_FIRST_SCREEN
  const images = shown.map((picture) => (
    <PictureImage key={picture.id} picture={picture} isAlone={shown.length === 1} isLazy={isLazy} />
  ))
  const style = shown.length === 1 ? sizeOf(first) : undefined
  if (isPlain) {
    return (
      <span className={css.grid} data-count={shown.length} style={style}>
        {images}
      </span>
    )
  }
  return (
    <div className={css.grid} data-count={shown.length} style={style}>
      {images.map((image, place) => (
        <button key={image.key} type="button" aria-haspopup="dialog" onClick={() => open(place)}>
          {image}
        </button>
      ))}
      {opened !== null && canShow && (
        <Suspense fallback={null}>
          <Lightbox pictures={shown} first={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  )
}

interface PictureImageProps {
  picture: Picture
  isAlone: boolean
  isLazy: boolean
}

function PictureImage({ picture, isAlone, isLazy }: PictureImageProps): JSX.Element {
  const { url, srcset, width, height, alt, placeholder } = picture
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- not a user's event
    <img
      src={url}
      srcSet={srcset}
      sizes={isAlone ? '(width < 44rem) 90vw, 33rem' : '(width < 44rem) 45vw, 17rem'}
      width={width}
      height={height}
      alt={alt || t`Picture without a description`}
      decoding="async"
      loading={isLazy ? 'lazy' : 'eager'}
      style={{ backgroundImage: backgroundOf(placeholder) }}
      onLoad={hidePlaceholder}
    />
  )
}

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
