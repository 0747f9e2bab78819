/** Uploads and describes the pictures of drafts, one request for each picture at a time. They go on while a draft is closed. */

import { t } from '@lingui/core/macro'

import { createStore, useStore } from '@/lib/store'
import { isImage } from '@/pictures/cropImage'

import { type Attachment, isReady, kept, MAX_FILE_BYTES, newAttachment, restored } from './attachment'
import type { KeptPicture } from '@/posts/outbox/entry'
import type { Sender, Uploaded } from './upload'

/** The pictures of the drafts that this tab has opened, by the draft's id. */
const store = createStore<ReadonlyMap<string, readonly Attachment[]>>(new Map())
const uploads = new Map<string, AbortController>()
const NONE: readonly Attachment[] = []

export const useAttachments = (draft: string): readonly Attachment[] => useStore(store).get(draft) ?? NONE
export const attachmentsOf = (draft: string): readonly Attachment[] => store.get().get(draft) ?? NONE
export const keptOf = (draft: string): KeptPicture[] => attachmentsOf(draft).map(kept)

/** Shows what a draft has kept. Files that this tab still has stay. */
export function restoreAttachments(draft: string, stored: readonly KeptPicture[]): void {
  const known = new Map(attachmentsOf(draft).map((one) => [one.key, one]))
  set(
    draft,
    stored.map((one) => known.get(one.key) ?? restored(one, Date.now())),
  )
}

/** Adds files and uploads them. What is no picture, or too large, is shown with its problem. */
export function attach(draft: string, files: readonly File[], sender: Sender): void {
  const added = files.map(newAttachment)
  set(draft, [...attachmentsOf(draft), ...added])
  for (const one of added) void check(draft, one, sender)
}

export function detach(draft: string, key: string): void {
  uploads.get(key)?.abort()
  uploads.delete(key)
  set(
    draft,
    attachmentsOf(draft).filter((one) => one.key !== key),
  )
}

/** Changes a description. During an upload or another change, it is sent afterwards. */
export function describePicture(draft: string, key: string, alt: string, sender: Sender): void {
  const one = find(draft, key)
  if (!one || one.alt === alt) return
  change(draft, key, { alt })
  if (one.progress === null && (isReady(one) || one.canRetry)) void start(draft, key, sender)
}

export const retryUpload = (draft: string, key: string, sender: Sender): void => void start(draft, key, sender)

/** Forgets the pictures of a draft that was sent or discarded. */
export function forgetAttachments(draft: string): void {
  for (const { key } of attachmentsOf(draft)) uploads.get(key)?.abort()
  const next = new Map(store.get())
  next.delete(draft)
  store.set(next)
}

async function check(draft: string, { key, file }: Attachment, sender: Sender): Promise<void> {
  if (!file) return
  change(draft, key, { progress: 0 })
  if (file.size > MAX_FILE_BYTES) return fail(draft, key, t`The picture is too large: at most 10 MiB.`)
  if (!(await isImage(file))) {
    return fail(draft, key, t`This file cannot be read as a picture. Choose a JPEG, PNG, WebP or GIF.`)
  }
  await start(draft, key, sender)
}

/** Uploads the picture, or sends the description of one that is uploaded, until the server has what is wanted. */
async function start(draft: string, key: string, sender: Sender): Promise<void> {
  uploads.get(key)?.abort()
  const upload = new AbortController()
  uploads.set(key, upload)
  const { signal } = upload
  change(draft, key, { progress: 0, problem: null, canRetry: false })
  const one = find(draft, key)
  if (!one) return
  const result = await send(draft, one, sender, signal)
  if (signal.aborted) return
  uploads.delete(key)
  if ('problem' in result) {
    if (!result.isGone || !one.file) return fail(draft, key, result.problem, !result.isFinal)
    change(draft, key, { picture: null })
    return start(draft, key, sender)
  }
  const { picture } = result
  const isWanted = find(draft, key)?.alt === one.alt
  const uploadedAt = one.picture ? one.uploadedAt : Date.now()
  change(draft, key, { picture, uploadedAt, progress: null, ...(isWanted && { alt: picture.alt }) })
  if (!isWanted) await start(draft, key, sender)
}

async function send(draft: string, one: Attachment, sender: Sender, signal: AbortSignal): Promise<Uploaded> {
  const { key, picture, file, alt } = one
  if (picture) return sender.describe(picture.id, alt)
  if (!file) return { problem: t`The picture could not be uploaded.`, isFinal: true }
  const onProgress = (progress: number): void => {
    if (!signal.aborted) change(draft, key, { progress })
  }
  return sender.upload({ file, alt, onProgress, signal })
}

function fail(draft: string, key: string, problem: string, canRetry = false): void {
  change(draft, key, { progress: null, problem, canRetry })
}

function find(draft: string, key: string): Attachment | undefined {
  return attachmentsOf(draft).find((one) => one.key === key)
}

function change(draft: string, key: string, changed: Partial<Attachment>): void {
  set(
    draft,
    attachmentsOf(draft).map((one) => (one.key === key ? { ...one, ...changed } : one)),
  )
}

function set(draft: string, attachments: readonly Attachment[]): void {
  store.set(new Map(store.get()).set(draft, attachments))
}
