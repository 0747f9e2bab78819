import { t } from '@lingui/core/macro'
import { type JSX, lazy, Suspense, useState } from 'react'

import { createStore, useStore } from '@/lib/store'
import { toast } from '@/ui/overlays/toastStore'

import { backgroundOf, hidePlaceholder, type Picture, sizeOf } from './picture'
import css from './PictureGrid.module.css'

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
  pictures: readonly Picture[]
  /** The index of the post in a list. Pictures further down are loaded when they are scrolled near the window. */
  index?: number | undefined
  /** Without buttons, inside of a link. */
  isPlain?: boolean
}

/** The pictures of a post. A click opens one in the lightbox. Its size is known before they are loaded. */
export function PictureGrid({ pictures, index = 0, isPlain = false }: PictureGridProps): JSX.Element | null {
  const [opened, setOpened] = useState<number | null>(null)
  const canShow = useStore(isLoaded)
  const [first] = pictures
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
          <button key={image.key} type="button" aria-haspopup="dialog" onClick={() => open(place)}>
            {image}
          </button>
        ))}
      </div>
      {opened !== null && canShow && (
        <Suspense fallback={null}>
          <Lightbox pictures={pictures} first={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
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
