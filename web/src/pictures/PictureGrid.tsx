import { msg, t } from '@lingui/core/macro'
import { type JSX, useState } from 'react'

import { lazyOverlay } from '@/ui/overlays/lazyOverlay'

import { backgroundOf, hidePlaceholder, type Picture, sizeOf } from './picture'
import css from './PictureGrid.module.css'

const ROWS_ON_FIRST_SCREEN = 4

const { Overlay: Lightbox, preload } = lazyOverlay(() => import('./Lightbox'), msg`The picture could not be opened.`)

export const preloadLightbox = preload

interface PictureGridProps {
  pictures: readonly Picture[]
  /** The index of the post in a list. Pictures further down are loaded when they are scrolled near the window. */
  index?: number | undefined
  /** Without buttons, inside of a link. */
  isPlain?: boolean
}

/** The pictures of a post. A click opens one in the lightbox. Its size is known before they are loaded. */
export function PictureGrid({ pictures, index = 0, isPlain = false }: PictureGridProps): JSX.Element | null {
  const [opened, setOpened] = useState<number | null>(null)
  const [first] = pictures
  if (!first) return null
  const isLazy = index >= ROWS_ON_FIRST_SCREEN
  const images = pictures.map((picture) => (
    <PictureImage key={picture.id} picture={picture} isAlone={pictures.length === 1} isLazy={isLazy} />
  ))
  const style = pictures.length === 1 ? sizeOf(first) : undefined
  if (isPlain) {
    return (
      <span className={css.grid} data-count={pictures.length} style={style}>
        {images}
      </span>
    )
  }
  return (
    <>
      <div className={css.grid} data-count={pictures.length} style={style}>
        {images.map((image, place) => (
          <button key={image.key} type="button" aria-haspopup="dialog" onClick={() => setOpened(place)}>
            {image}
          </button>
        ))}
      </div>
      {opened !== null && <Lightbox pictures={pictures} first={opened} onClose={() => setOpened(null)} />}
    </>
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
