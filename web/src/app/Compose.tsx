import { useEffect } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

import { sharedText } from '@/posts/composer/sharedText'
import { editDraft, openComposer } from '@/posts/drafts/composerState'
import { newDraft } from '@/posts/drafts/drafts'
import { draftsOf } from '@/posts/drafts/useDrafts'

/** Opens the composer over the home page, with a new draft of what another app or a link shares. */
export function Compose({ alias }: { alias: string }): null {
  const [parameters] = useSearchParams()
  const navigate = useNavigate()
  useEffect(() => {
    const draft = newDraft(sharedText(parameters))
    void navigate('/', { replace: true }) // first: a reload must not make another draft
    if (!draft.text) return openComposer()
    draftsOf(alias).write(draft)
    editDraft(draft.id)
  }, [alias, navigate, parameters])
  return null
}
