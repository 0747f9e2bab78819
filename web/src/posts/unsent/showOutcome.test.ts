import { beforeEach, expect, test, vi } from 'vitest'

import { newEntry } from '@/posts/outbox/entry'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
vi.stubGlobal('history', { state: null })
const { showOutcome } = await import('./showOutcome')
const { toasts } = await import('@/ui/overlays/toastStore')

const messages = () => toasts.get().map(({ message }) => message)
const unreachable = { kind: 'unreachable', reason: 'You are offline.', retryAfterMs: null } as const

beforeEach(() => toasts.set([]))

test('the toast of a failed post disappears when the post is sent, and others stay', () => {
  const [one, other] = [newEntry('one', null, 0), newEntry('other', null, 0)]
  showOutcome('ada', { ...one, reason: 'You are offline.' }, unreachable)
  showOutcome('ada', { ...other, reason: 'Too long.' }, { kind: 'refused', reason: 'Too long.' })
  expect(messages()).toEqual(['Not posted. You are offline.', 'Not posted. Too long.'])
  showOutcome('ada', one, { kind: 'posted', id: '1' })
  expect(messages()).toEqual(['Not posted. Too long.', 'Your post was sent.'])
})
