import { plural } from '@lingui/core/macro'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useClient } from 'urql'

import type { Draft } from '@/posts/drafts/drafts'
import { toast } from '@/ui/overlays/toastStore'

import { type Attachment, kept, MAX_PICTURES } from './attachment'
import { attach, describePicture, detach, keptOf, restoreAttachments, retryUpload, useAttachments } from './attachments'
import { createSender } from './upload'

interface DraftPictures {
  attachments: readonly Attachment[]
  add: (files: readonly File[]) => void
  describe: (key: string, alt: string) => void
  remove: (key: string) => void
  retry: (key: string) => void
}

/** The pictures of the open draft. `onChange` is called if the draft has to keep something else. */
export function useDraftPictures({ id, media = [] }: Draft, onChange: () => void): DraftPictures {
  const client = useClient()
  const attachments = useAttachments(id)
  const sender = createSender(client)
  const restore = useEffectEvent(() => restoreAttachments(id, media))
  useEffect(() => restore(), [id])
  const state = JSON.stringify(attachments.map(kept))
  const saved = useRef(JSON.stringify(media))
  const save = useEffectEvent(() => {
    const current = JSON.stringify(keptOf(id))
    if (current === saved.current) return
    saved.current = current
    onChange()
  })
  useEffect(() => {
    save()
  }, [state])
  return {
    attachments,
    add(files) {
      const free = MAX_PICTURES - attachments.length
      if (files.length > free) {
        toast(plural(MAX_PICTURES, { one: 'A post has at most # picture.', other: 'A post has at most # pictures.' }), {
          isProblem: true,
        })
      }
      attach(id, files.slice(0, free), sender)
    },
    describe: (key, alt) => describePicture(id, key, alt, sender),
    remove: (key) => detach(id, key),
    retry: (key) => retryUpload(id, key, sender),
  }
}
