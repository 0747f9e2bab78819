/** The pictures of a post that is being written. A draft keeps them; the server keeps their files for a day. */

import { t } from '@lingui/core/macro'

import { type KeptPicture, randomKey } from '@/posts/outbox/entry'

export const MAX_PICTURES = 4
export const MAX_FILE_BYTES = 10 * 1024 * 1024
/** The server keeps a picture without a post for a day (tasks/media.py). The margin is for clock differences. */
const LIFE_MS = 23 * 3_600_000

export interface Attachment extends KeptPicture {
  /** The chosen file. Null after a reload of the page. */
  file: File | null
  /** The part that is sent, from 0 to 1. Null if it is not being uploaded. */
  progress: number | null
  problem: string | null
  /** Whether another try may succeed. */
  canRetry: boolean
}

export const newAttachment = (file: File): Attachment => ({
  ...{ key: randomKey(), alt: '', picture: null, uploadedAt: 0, file },
  ...{ progress: null, problem: null, canRetry: false },
})

/** Returns what a draft has kept as it is shown in the composer. */
export function restored(kept: KeptPicture, now: number): Attachment {
  const isGone = !kept.picture || Math.abs(now - kept.uploadedAt) > LIFE_MS
  const problem = isGone ? t`It is not there any more. Remove it and choose it again.` : null
  return { ...kept, file: null, progress: null, problem, canRetry: false }
}

export const kept = ({ key, alt, picture, uploadedAt }: Attachment): KeptPicture => ({
  ...{ key, alt, picture, uploadedAt },
})

/** True if the post can be sent with it. */
export const isReady = ({ picture, progress, problem }: Attachment): boolean =>
  picture !== null && progress === null && problem === null
