import { msg, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type ChangeEvent, type JSX, type ReactNode, useId, useRef, useState } from 'react'

import { Button } from '@/ui/Button'
import { lazyOverlay } from '@/ui/overlays/lazyOverlay'

import { ACCEPTED, isImage } from './cropImage'
import css from './PictureField.module.css'
import { useObjectUrl } from './useObjectUrl'

const { Overlay: CropDialog } = lazyOverlay(() => import('./CropDialog'), msg`The picture could not be opened.`)

interface PictureFieldProps {
  /** The chosen picture, cropped to a square. */
  picture: File | null
  onChange: (picture: File | null) => void
  /** Shown while no picture is chosen. */
  current: ReactNode
  problem?: string | undefined
  isBusy?: boolean
  /** More actions for the current picture. */
  actions?: ReactNode
}

export function PictureField({
  picture,
  onChange,
  current,
  problem,
  isBusy = false,
  actions,
}: PictureFieldProps): JSX.Element {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<File | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const url = useObjectUrl(picture)

  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.currentTarget.files ?? []
    event.currentTarget.value = '' // the same file may be chosen again
    if (!file) return
    const isReadable = await isImage(file)
    setUnreadable(!isReadable)
    setChosen(isReadable ? file : null)
  }
  const note = isUnreadable ? t`This file cannot be read as a picture. Choose a JPEG, PNG, WebP or GIF.` : problem
  return (
    <div className={css.field} role="group" aria-labelledby={id}>
      {url ? <img className={css.picture} src={url} alt={t`Preview of your choice`} /> : current}
      <div className={css.side}>
        <span id={id} className={css.label}>
          <Trans>Picture</Trans>
        </span>
        <div className={css.actions}>
          <Button size="s" isBusy={isBusy} onClick={() => input.current?.click()}>
            {picture ? <Trans>Choose another</Trans> : <Trans>Choose a picture</Trans>}
          </Button>
          {picture ? (
            <Button size="s" look="quiet" onClick={() => onChange(null)}>
              <Trans>Remove</Trans>
            </Button>
          ) : (
            actions
          )}
        </div>
        {note && (
          <p className={css.problem} role="alert">
            {note}
          </p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED.join()}
        hidden
        aria-label={t`A picture`}
        onChange={(event) => void choose(event)}
      />
      {chosen && (
        <CropDialog
          file={chosen}
          onClose={() => setChosen(null)}
          onDone={(cropped) => {
            setChosen(null)
            onChange(cropped)
          }}
        />
      )}
    </div>
  )
}
