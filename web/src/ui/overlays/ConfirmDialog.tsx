import { Trans } from '@lingui/react/macro'
import type { JSX, ReactNode } from 'react'

import { Button } from '@/ui/Button'

import css from './ConfirmDialog.module.css'
import { Dialog } from './Dialog'

interface ConfirmDialogProps {
  title: string
  /** The name of the action, on its button. */
  action: string
  onClose: () => void
  /** Called after the dialog has been closed. */
  onConfirm: () => void
  /** What the action does. */
  children: ReactNode
}

/** Asks for a confirmation before something that cannot be undone. */
export function ConfirmDialog({ title, action, onClose, onConfirm, children }: ConfirmDialogProps): JSX.Element {
  const confirm = (): void => {
    onClose()
    onConfirm()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={css.text}>{children}</p>
      <div className={css.choice}>
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="danger" onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
