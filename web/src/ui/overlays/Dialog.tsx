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
 * Modal while it is mounted: the browser keeps the focus inside, closes it on Escape and gives the focus back. What
 * carries `data-first` has it first.
 */
export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => element?.close() // before it leaves the document: afterwards the browser restores no focus
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
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        {children}
      </div>
      <Toasts />
    </dialog>
  )
}
