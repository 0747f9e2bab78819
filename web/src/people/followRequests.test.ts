import { beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { requestFollow, pendingFollows } = await import('./followRequests')

/** A server that responds on demand. `sent` lists the requests. */
function serve() {
  const sent: string[] = []
  const waiting: ((isDone: boolean) => void)[] = []
  const sendFor =
    (id: string) =>
    (isWanted: boolean): Promise<boolean> => {
      sent.push(`${isWanted ? 'follow' : 'unfollow'} ${id}`)
      return new Promise((resolve) => waiting.push(resolve))
    }
  const respond = (isDone = true): void => waiting.shift()?.(isDone)
  return { sent, sendFor, respond }
}

const wanted = (id: string): boolean | undefined => pendingFollows.get().get(id)?.wanted

beforeEach(() => pendingFollows.set(new Map()))

test('a request is pending until the server responds', async () => {
  const { sent, sendFor, respond } = serve()
  const done = requestFollow('ann', true, sendFor('ann'))
  expect(wanted('ann')).toBe(true)
  respond()
  await done
  expect(wanted('ann')).toBeUndefined()
  expect(sent).toEqual(['follow ann'])
})

test('the last choice wins and is sent after the response to the one before it', async () => {
  const { sent, sendFor, respond } = serve()
  const done = requestFollow('ann', true, sendFor('ann'))
  await requestFollow('ann', false, sendFor('ann'))
  expect(wanted('ann')).toBe(false)
  expect(sent).toEqual(['follow ann'])
  respond()
  await vi.waitFor(() => expect(sent).toEqual(['follow ann', 'unfollow ann']), { timeout: 4_000 })
  expect(wanted('ann')).toBe(false)
  respond()
  await done
  expect(wanted('ann')).toBeUndefined()
})

test('a choice that was changed twice meanwhile is not sent again', async () => {
  const { sent, sendFor, respond } = serve()
  const done = requestFollow('ann', true, sendFor('ann'))
  await requestFollow('ann', false, sendFor('ann'))
  await requestFollow('ann', true, sendFor('ann'))
  respond()
  await done
  expect(sent).toEqual(['follow ann'])
})

test('after a failure nothing more is sent and nothing is pending', async () => {
  const { sent, sendFor, respond } = serve()
  const done = requestFollow('ann', true, sendFor('ann'))
  await requestFollow('ann', false, sendFor('ann'))
  respond(false)
  await done
  expect(sent).toEqual(['follow ann'])
  expect(wanted('ann')).toBeUndefined()
  const again = requestFollow('ann', true, sendFor('ann'))
  expect(sent).toEqual(['follow ann', 'follow ann'])
  respond()
  await again
})

test('accounts do not wait for each other', async () => {
  const { sent, sendFor, respond } = serve()
  const both = [requestFollow('ann', true, sendFor('ann')), requestFollow('bob', true, sendFor('bob'))]
  expect(sent).toEqual(['follow ann', 'follow bob'])
  respond()
  await both[0]
  expect([wanted('ann'), wanted('bob')]).toEqual([undefined, true])
  respond()
  await both[1]
})

test('a choice of one session is not sent in the next', async () => {
  const { sent, sendFor, respond } = serve()
  const before = requestFollow('ann', true, sendFor('ann'))
  pendingFollows.set(new Map()) // like a new session
  const next = serve()
  const after = requestFollow('ann', false, next.sendFor('ann'))
  respond()
  await before
  expect(sent).toEqual(['follow ann'])
  expect(next.sent).toEqual(['unfollow ann'])
  expect(wanted('ann')).toBe(false)
  next.respond()
  await after
})
