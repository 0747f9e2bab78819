import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useState } from 'react'

import { Button, IconButton } from '@/ui/Button'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './DeleteButton.module.css'
import { useDeletePost } from './useDeletePost'

/** A button that deletes a post after a confirmation. `onDelete` is called before the post is removed. */
export function DeleteButton({ id, onDelete }: { id: string; onDelete?: (() => void) | undefined }): JSX.Element {
  const [isAsking, setAsking] = useState(false)
  const deletePost = useDeletePost()
  const confirm = (): void => {
    setAsking(false)
    onDelete?.()
    document.getElementById('main')?.focus({ preventScroll: true })
    void deletePost(id)
  }
  return (
    <>
      <IconButton icon="bin" label={t`Delete this post`} className={css.bin} onClick={() => setAsking(true)} />
      {isAsking && (
        <Dialog title={t`Delete this post?`} onClose={() => setAsking(false)}>
          <p className={css.text}>
            <Trans>It is deleted for everyone at once. This cannot be undone.</Trans>
          </p>
          <div className={css.choice}>
            <Button onClick={() => setAsking(false)}>
              <Trans>Cancel</Trans>
            </Button>
            <Button look="danger" onClick={confirm}>
              <Trans>Delete</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
