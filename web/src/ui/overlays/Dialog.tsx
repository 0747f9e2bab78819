import { t } from '@lingui/core/macro'
import { type JSX, type ReactNode, useId, useLayoutEffect, useRef } from 'react'

import { IconButton } from '@/ui/Button'

import css from './Dialog.module.css'
import { Toasts } from './Toasts'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/**
 * A modal dialog that is open while it is mounted. The browser keeps the focus inside and restores it afterwards. An element
 * with `data-first` gets the focus first.
 */
export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => element?.close() // in the layout effect: the browser does not restore the focus after the dialog is removed
  }, [])
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={css.content}>
        <header>
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={t`Close`} onClick={onClose} />
        </header>
        {children}
      </div>
      <Toasts />
    </dialog>
  )
}
