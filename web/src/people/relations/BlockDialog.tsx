import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
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
    <Dialog title={t`Block @${alias}?`} onClose={onClose}>
      <p className={css.text}>
        <Trans>
          You will not see each other’s posts, and neither of you follows the other any more. They are not told.
        </Trans>
      </p>
      <div className={css.choice}>
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="danger" onClick={confirm}>
          <Trans>Block</Trans>
        </Button>
      </div>
    </Dialog>
  )
}
