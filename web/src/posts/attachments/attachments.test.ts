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
} from './attachments'
import type { Upload, Uploaded } from './upload'

const HOUR = 3_600_000
const picture = (id: string, alt = ''): Picture => ({
  ...{ id, alt, url: `/${id}`, srcset: '', width: 1, height: 1, placeholder: '' },
})
const file = (name = 'a.png', type = 'image/png') => new File(['x'], name, { type })
const settle = () => new Promise((resolve) => setTimeout(resolve))

/** Uploads that the test answers one by one. */
function createServer() {
  const asked: { upload: Upload; answer: (result: Uploaded) => void }[] = []
  const send = (upload: Upload) => new Promise<Uploaded>((answer) => asked.push({ upload, answer }))
  return { asked, send }
}

beforeEach(() => {
  forgetAttachments('d')
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }))
})

test('a file is uploaded with its progress, and the draft keeps the picture', async () => {
  const { asked, send } = createServer()
  attach('d', [file()], send)
  await settle()
  asked[0]?.upload.onProgress(0.5)
  expect(attachmentsOf('d')[0]).toMatchObject({ progress: 0.5, picture: null })
  asked[0]?.answer({ picture: picture('1') })
  await settle()
  expect(attachmentsOf('d').every(isReady)).toBe(true)
  expect(keptOf('d')).toMatchObject([{ picture: { id: '1' }, alt: '' }])
})

test('a description uploads the file again, and only its last upload counts', async () => {
  const { asked, send } = createServer()
  attach('d', [file()], send)
  await settle()
  const key = attachmentsOf('d')[0]?.key ?? ''
  describePicture('d', key, 'a wall', send)
  await settle()
  expect(asked.map(({ upload }) => [upload.alt, upload.signal.aborted])).toEqual([
    ['', true],
    ['a wall', false],
  ])
  asked[1]?.answer({ picture: picture('2', 'a wall') })
  asked[0]?.answer({ picture: picture('1') })
  await settle()
  expect(keptOf('d')).toMatchObject([{ picture: { id: '2' }, alt: 'a wall' }])
})

test.each([
  [new File(['x'], 'a.txt', { type: 'text/plain' }), 'cannot be read'],
  [Object.defineProperty(file(), 'size', { value: 11 * 1024 * 1024 }), 'too large'],
])('a bad file is not uploaded', async (bad, problem) => {
  const { asked, send } = createServer()
  attach('d', [bad], send)
  await settle()
  expect(asked).toEqual([])
  expect(attachmentsOf('d')[0]?.problem).toContain(problem)
  expect(attachmentsOf('d')[0]?.canRetry).toBe(false)
})

test('a removed picture cancels its upload', async () => {
  const { asked, send } = createServer()
  attach('d', [file()], send)
  await settle()
  detach('d', attachmentsOf('d')[0]?.key ?? '')
  expect(asked[0]?.upload.signal.aborted).toBe(true)
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
