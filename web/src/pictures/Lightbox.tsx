import { t } from '@lingui/core/macro'
import { type JSX, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'

import { IconButton } from '@/ui/Button'

import css from './Lightbox.module.css'
import { backgroundOf, hidePlaceholder, type Picture, sizeOf } from './picture'

interface LightboxProps {
  pictures: readonly Picture[]
  /** The index of the picture that is shown first. */
  first: number
  onClose: () => void
}

/**
 * Shows pictures one at a time over the page, as large as they fit, each with its description. The browser keeps the focus
 * inside and gives it back afterwards.
 */
export default function Lightbox({ pictures, first, onClose }: LightboxProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const [place, setPlace] = useState(first)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.focus()
    return () => element?.close() // in the layout effect: the browser does not restore the focus after the dialog is removed
  }, [])
  const count = pictures.length
  const last = count - 1
  const show = (next: number): void => setPlace(Math.min(last, Math.max(0, next)))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isMirrored = document.documentElement.dir === 'rtl'
    const next = {
      ArrowLeft: place + (isMirrored ? 1 : -1),
      ArrowRight: place + (isMirrored ? -1 : 1),
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    show(next)
  }
  const picture = pictures[place]
  const number = place + 1
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys have buttons, too; a click beside the picture closes
    <dialog
      ref={dialog}
      className={css.lightbox}
      aria-label={t`Pictures`}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        if (target instanceof Element && target.hasAttribute('data-beside')) onClose()
      }}
    >
      <header className={css.bar}>
        <span>{count > 1 ? t`${number} of ${count}` : ''}</span>
        <IconButton icon="close" label={t`Close`} onClick={onClose} />
      </header>
      <div className={css.stage} data-beside>
        {picture && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- not a user's event
          <img
            key={picture.id}
            className={css.picture}
            src={picture.url}
            width={picture.width}
            height={picture.height}
            alt={picture.alt || t`Picture without a description`}
            style={{ ...sizeOf(picture, false), backgroundImage: backgroundOf(picture.placeholder) }}
            onLoad={hidePlaceholder}
          />
        )}
      </div>
      {count > 1 && (
        <div className={css.steps}>
          <IconButton
            icon="back"
            label={t`Previous picture`}
            aria-disabled={place === 0}
            onClick={() => show(place - 1)}
          />
          <IconButton
            icon="forward"
            label={t`Next picture`}
            aria-disabled={place === last}
            onClick={() => show(place + 1)}
          />
        </div>
      )}
      {/* What has changed is read out. The picture above has the same text, as its alternative. */}
      <p className={css.alt} role="status" dir="auto">
        {picture?.alt}
      </p>
    </dialog>
  )
}
