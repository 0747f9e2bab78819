import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { useViewer } from '@/api/useViewer'
import { composeAbout } from '@/posts/drafts/composerState'
import { useSession } from '@/session/session'
import { Avatar } from '@/ui/Avatar'

import css from './thread.module.css'

/** A button that looks like a text box and opens the composer with a reply. */
export function ReplyBox({ post }: { post: { id: string; author: { alias: string } } }): JSX.Element | null {
  const isSignedIn = useSession() !== null
  const viewer = useViewer()
  if (!isSignedIn) return null
  return (
    <button type="button" className={css.box} onClick={() => composeAbout('reply', post)}>
      <span className={css.face}>{viewer && <Avatar user={viewer} />}</span>
      <Trans>Write your reply</Trans>
    </button>
  )
}
