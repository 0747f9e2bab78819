import { beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('addEventListener', () => undefined) // the session listens to other tabs
const { wish, wishes } = await import('./followRequests')

/** A server that answers when it is told to; `sent` has what it was asked. */
function serve() {
  const sent: string[] = []
  const waiting: ((isDone: boolean) => void)[] = []
  const sendFor =
    (id: string) =>
    (isWanted: boolean): Promise<boolean> => {
      sent.push(`${isWanted ? 'follow' : 'unfollow'} ${id}`)
      return new Promise((resolve) => waiting.push(resolve))
    }
  const answer = (isDone = true): void => waiting.shift()?.(isDone)
  return { sent, sendFor, answer }
}

const wanted = (id: string): boolean | undefined => wishes.get().get(id)?.isWanted

beforeEach(() => wishes.set(new Map()))

test('a wish is shown until it is answered', async () => {
  const { sent, sendFor, answer } = serve()
  const done = wish('ann', true, sendFor('ann'))
  expect(wanted('ann')).toBe(true)
  answer()
  await done
  expect(wanted('ann')).toBeUndefined()
  expect(sent).toEqual(['follow ann'])
})

test('the last wish wins, and is sent once the one before it is answered', async () => {
  const { sent, sendFor, answer } = serve()
  const done = wish('ann', true, sendFor('ann'))
  await wish('ann', false, sendFor('ann'))
  expect(wanted('ann')).toBe(false)
  expect(sent).toEqual(['follow ann'])
  answer()
  await vi.waitFor(() => expect(sent).toEqual(['follow ann', 'unfollow ann']), { timeout: 4_000 })
  expect(wanted('ann')).toBe(false)
  answer()
  await done
  expect(wanted('ann')).toBeUndefined()
})

test('a wish that was taken back twice meanwhile is not sent again', async () => {
  const { sent, sendFor, answer } = serve()
  const done = wish('ann', true, sendFor('ann'))
  await wish('ann', false, sendFor('ann'))
  await wish('ann', true, sendFor('ann'))
  answer()
  await done
  expect(sent).toEqual(['follow ann'])
})

test('a failure ends it: nothing more is sent, and what the server said is shown', async () => {
  const { sent, sendFor, answer } = serve()
  const done = wish('ann', true, sendFor('ann'))
  await wish('ann', false, sendFor('ann'))
  answer(false)
  await done
  expect(sent).toEqual(['follow ann'])
  expect(wanted('ann')).toBeUndefined()
  const again = wish('ann', true, sendFor('ann'))
  expect(sent).toEqual(['follow ann', 'follow ann'])
  answer()
  await again
})

test('accounts do not wait for each other', async () => {
  const { sent, sendFor, answer } = serve()
  const both = [wish('ann', true, sendFor('ann')), wish('bob', true, sendFor('bob'))]
  expect(sent).toEqual(['follow ann', 'follow bob'])
  answer()
  await both[0]
  expect([wanted('ann'), wanted('bob')]).toEqual([undefined, true])
  answer()
  await both[1]
})

test('of one session nothing is sent in the next one', async () => {
  const { sent, sendFor, answer } = serve()
  const before = wish('ann', true, sendFor('ann'))
  wishes.set(new Map()) // as a new session does
  const next = serve()
  const after = wish('ann', false, next.sendFor('ann'))
  answer()
  await before
  expect(sent).toEqual(['follow ann'])
  expect(next.sent).toEqual(['unfollow ann'])
  expect(wanted('ann')).toBe(false)
  next.answer()
  await after
})
