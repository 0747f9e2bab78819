import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { ConfirmDialog } from '@/ui/overlays/ConfirmDialog'

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
    onDelete?.()
    document.getElementById('main')?.focus({ preventScroll: true })
    void deletePost(id)
  }
  return (
    <ConfirmDialog title={t`Delete this post?`} action={t`Delete`} onClose={onClose} onConfirm={confirm}>
      <Trans>It is deleted for everyone at once. This cannot be undone.</Trans>
    </ConfirmDialog>
  )
}
