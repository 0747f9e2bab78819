import type { JSX } from 'react'

import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './BlockDialog.module.css'

interface BlockDialogProps {
  alias: string
  onClose: () => void
  onBlock: () => void
}

/** Asks for a confirmation, because a block ends the follows between the two accounts for good. */
export function BlockDialog({ alias, onClose, onBlock }: BlockDialogProps): JSX.Element {
  const confirm = (): void => {
    onClose()
    onBlock()
  }
  return (
    <Dialog title={`Block @${alias}?`} onClose={onClose}>
      <p className={css.text}>
        You will not see each other’s posts, and neither of you follows the other any more. They are not told.
      </p>
      <div className={css.choice}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" onClick={confirm}>
          Block
        </Button>
      </div>
    </Dialog>
  )
}
