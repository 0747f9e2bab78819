import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { ConfirmDialog } from '@/ui/overlays/ConfirmDialog'

interface BlockDialogProps {
  alias: string
  onClose: () => void
  onBlock: () => void
}

/** Asks for a confirmation, because a block ends the follows between the two accounts for good. */
export function BlockDialog({ alias, onClose, onBlock }: BlockDialogProps): JSX.Element {
  return (
    <ConfirmDialog title={t`Block @${alias}?`} action={t`Block`} onClose={onClose} onConfirm={onBlock}>
      <Trans>
        You will not see each other’s posts, and neither of you follows the other any more. They are not told.
      </Trans>
    </ConfirmDialog>
  )
}
