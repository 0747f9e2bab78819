import { t } from '@lingui/core/macro'
import { type JSX, useRef } from 'react'

import { ACCEPTED } from '@/pictures/cropImage'
import { IconButton } from '@/ui/Button'

import css from './AddPictures.module.css'

interface AddPicturesProps {
  /** True if the post has as many as it may have. */
  isFull: boolean
  onAdd: (files: readonly File[]) => void
}

/** The button that chooses pictures. */
export function AddPictures({ isFull, onAdd }: AddPicturesProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className={css.add}>
      <IconButton icon="picture" label={t`Add pictures`} disabled={isFull} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={ACCEPTED.join()}
        multiple
        hidden
        aria-label={t`Pictures`}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          currentTarget.value = '' // the same file may be chosen again
          if (files.length > 0) onAdd(files)
        }}
      />
    </span>
  )
}
