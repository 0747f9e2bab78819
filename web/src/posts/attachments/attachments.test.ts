import { beforeEach, expect, test, vi } from 'vitest'

import type { Picture } from '@/pictures/picture'

import { isReady } from './attachment'
import {
  attach,
  attachmentsOf,
  describePicture,
  detach,
  forgetAttachments,
  keptOf,
  restoreAttachments,
  retryUpload,
} from './attachments'
import type { Sender, Upload, Uploaded } from './upload'

const HOUR = 3_600_000
const picture = (id: string, alt = ''): Picture => ({
  ...{ id, alt, url: `/${id}`, srcset: '', width: 1, height: 1, placeholder: '' },
})
const file = (name = 'a.png', type = 'image/png') => new File(['x'], name, { type })
const settle = () => new Promise((resolve) => setTimeout(resolve))

interface Asked {
  /** The id of a picture to describe. Null for an upload. */
  id: string | null
  alt: string
  upload: Upload | null
  answer: (result: Uploaded) => void
}

/** Requests that the test answers one by one. */
function createServer(): { asked: Asked[]; sender: Sender } {
  const asked: Asked[] = []
  const sender: Sender = {
    upload: (upload) => new Promise((answer) => asked.push({ id: null, alt: upload.alt, upload, answer })),
    describe: (id, alt) => new Promise((answer) => asked.push({ id, alt, upload: null, answer })),
  }
  return { asked, sender }
}

const isGone = { problem: 'gone', isFinal: true, isGone: true }

/** Returns the key of a picture that is uploaded. */
async function uploadOne({ asked, sender }: ReturnType<typeof createServer>): Promise<string> {
  attach('d', [file()], sender)
  await settle()
  asked[0]?.answer({ picture: picture('1') })
  await settle()
  asked.length = 0
  return attachmentsOf('d')[0]?.key ?? ''
}

beforeEach(() => {
  forgetAttachments('d')
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }))
})

test('a file is uploaded with its progress, and the draft keeps the picture', async () => {
  const { asked, sender } = createServer()
  attach('d', [file()], sender)
  await settle()
  asked[0]?.upload?.onProgress(0.5)
  expect(attachmentsOf('d')[0]).toMatchObject({ progress: 0.5, picture: null })
  asked[0]?.answer({ picture: picture('1') })
  await settle()
  expect(attachmentsOf('d').every(isReady)).toBe(true)
  expect(keptOf('d')).toMatchObject([{ picture: { id: '1' }, alt: '' }])
})

test('a description is sent without the file, and the post waits for it', async () => {
  const server = createServer()
  const key = await uploadOne(server)
  const [{ uploadedAt } = { uploadedAt: 0 }] = keptOf('d')
  describePicture('d', key, ' a wall', server.sender)
  expect(server.asked).toMatchObject([{ id: '1', alt: ' a wall' }])
  expect(attachmentsOf('d').every(isReady)).toBe(false)
  server.asked[0]?.answer({ picture: picture('1', 'a wall') })
  await settle()
  expect(keptOf('d')).toMatchObject([{ picture: { id: '1', alt: 'a wall' }, alt: 'a wall', uploadedAt }])
  expect(attachmentsOf('d').every(isReady)).toBe(true)
})

test.each(['an upload', 'another description'])('a description during %s is sent after it', async (during) => {
  const server = createServer()
  const { asked, sender } = server
  let key = ''
  if (during === 'an upload') {
    attach('d', [file()], sender)
    await settle()
    key = attachmentsOf('d')[0]?.key ?? ''
  } else {
    key = await uploadOne(server)
    describePicture('d', key, 'a', sender)
  }
  describePicture('d', key, 'a w', sender)
  describePicture('d', key, 'a wall', sender)
  expect(asked.length).toBe(1)
  asked[0]?.answer({ picture: picture('1', 'a') })
  await settle()
  expect(asked.slice(1)).toMatchObject([{ id: '1', alt: 'a wall' }])
  asked[1]?.answer({ picture: picture('1', 'a wall') })
  await settle()
  expect(asked.length).toBe(2)
  expect(keptOf('d')).toMatchObject([{ picture: { id: '1' }, alt: 'a wall' }])
})

test('a picture that the server has no more is uploaded again with its description', async () => {
  const server = createServer()
  const key = await uploadOne(server)
  describePicture('d', key, 'a wall', server.sender)
  server.asked[0]?.answer(isGone)
  await settle()
  expect(server.asked[1]).toMatchObject({ id: null, alt: 'a wall' })
  server.asked[1]?.answer({ picture: picture('2', 'a wall') })
  await settle()
  expect(keptOf('d')).toMatchObject([{ picture: { id: '2' }, alt: 'a wall' }])
})

test('without its file, a picture that the server has no more must be chosen again', async () => {
  const { asked, sender } = createServer()
  restoreAttachments('d', [{ key: 'k', alt: '', picture: picture('1'), uploadedAt: Date.now() }])
  describePicture('d', 'k', 'a wall', sender)
  asked[0]?.answer(isGone)
  await settle()
  expect(attachmentsOf('d')).toMatchObject([{ problem: 'gone', canRetry: false }])
})

test('a description that could not be sent is retried with the text', async () => {
  const server = createServer()
  const key = await uploadOne(server)
  describePicture('d', key, 'a wall', server.sender)
  server.asked[0]?.answer({ problem: 'unreachable', isFinal: false })
  await settle()
  expect(attachmentsOf('d')).toMatchObject([{ problem: 'unreachable', canRetry: true, alt: 'a wall' }])
  retryUpload('d', key, server.sender)
  expect(server.asked[1]).toMatchObject({ id: '1', alt: 'a wall' })
})

test.each([
  [new File(['x'], 'a.txt', { type: 'text/plain' }), 'cannot be read'],
  [Object.defineProperty(file(), 'size', { value: 11 * 1024 * 1024 }), 'too large'],
])('a bad file is not uploaded', async (bad, problem) => {
  const { asked, sender } = createServer()
  attach('d', [bad], sender)
  await settle()
  expect(asked).toEqual([])
  expect(attachmentsOf('d')[0]?.problem).toContain(problem)
  expect(attachmentsOf('d')[0]?.canRetry).toBe(false)
})

test('a removed picture cancels its upload', async () => {
  const { asked, sender } = createServer()
  attach('d', [file()], sender)
  await settle()
  detach('d', attachmentsOf('d')[0]?.key ?? '')
  expect(asked[0]?.upload?.signal.aborted).toBe(true)
  asked[0]?.answer({ picture: picture('1') })
  await settle()
  expect(attachmentsOf('d')).toEqual([])
})

test.each([
  ['uploaded an hour ago', picture('1'), HOUR, true],
  ['uploaded a day ago', picture('1'), 24 * HOUR, false],
  ['never uploaded', null, 0, false],
])('a stored picture that was %s', (_, stored, age, isThere) => {
  restoreAttachments('d', [{ key: 'k', alt: '', picture: stored, uploadedAt: Date.now() - age }])
  expect(attachmentsOf('d').map(isReady)).toEqual([isThere])
})
