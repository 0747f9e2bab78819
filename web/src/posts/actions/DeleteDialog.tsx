import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './DeleteDialog.module.css'
import { useDeletePost } from './useDeletePost'

interface DeleteDialogProps {
  id: string
  onClose: () => void
  /** Called before the post is removed. */
  onDelete: (() => void) | undefined
}

/** Asks for a confirmation before it deletes a post. */
export function DeleteDialog({ id, onClose, onDelete }: DeleteDialogProps): JSX.Element {
  const deletePost = useDeletePost()
  const confirm = (): void => {
    onClose()
    onDelete?.()
    document.getElementById('main')?.focus({ preventScroll: true })
    void deletePost(id)
  }
  return (
    <Dialog title={t`Delete this post?`} onClose={onClose}>
      <p className={css.text}>
        <Trans>It is deleted for everyone at once. This cannot be undone.</Trans>
      </p>
      <div className={css.choice}>
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="danger" onClick={confirm}>
          <Trans>Delete</Trans>
        </Button>
      </div>
    </Dialog>
  )
}
