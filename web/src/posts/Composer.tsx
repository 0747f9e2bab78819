import { type JSX, useEffect } from 'react'

import { useViewer } from '@/api/viewer'
import { useStore } from '@/app/store'
import { useSession } from '@/session/session'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/toasts'

import { closeComposer, composing, openComposer } from './composing'
import { recoverUnanswered } from './drafts'
import { Writing } from './Writing'

/** Where posts are written, on whichever page one is. */
export function Composer(): JSX.Element | null {
  const isOpen = useStore(composing)
  const alias = useSession()?.alias
  const viewer = useViewer()
  useEffect(() => {
    if (!alias || !recoverUnanswered(alias)) return
    const look = <button onClick={openComposer}>Look at it</button>
    toast('A post may not have been sent. Its text is in your draft.', { action: look, isProblem: true })
  }, [alias])
  if (!isOpen || !alias) return null
  return (
    <Dialog title="New post" onClose={closeComposer}>
      <Writing alias={alias} viewer={viewer} onSent={closeComposer} />
    </Dialog>
  )
}
