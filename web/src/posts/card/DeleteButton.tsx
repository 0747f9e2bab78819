import { type JSX, useState } from 'react'

import { Button, IconButton } from '@/ui/Button'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './DeleteButton.module.css'
import { useDelete } from './useDeletePost'

/** A button that asks first. `onDelete` is called before the post goes. */
export function Delete({ id, onDelete }: { id: string; onDelete?: (() => void) | undefined }): JSX.Element {
  const [isAsking, setAsking] = useState(false)
  const deletePost = useDelete()
  const confirm = (): void => {
    setAsking(false)
    onDelete?.()
    document.getElementById('main')?.focus({ preventScroll: true })
    void deletePost(id)
  }
  return (
    <>
      <IconButton icon="bin" label="Delete this post" className={css.bin} onClick={() => setAsking(true)} />
      {isAsking && (
        <Dialog title="Delete this post?" onClose={() => setAsking(false)}>
          <p className={css.text}>It disappears for everybody at once, and cannot be brought back.</p>
          <div className={css.choice}>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" onClick={confirm}>
              Delete
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
