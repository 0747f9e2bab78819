import { expect, test, vi } from 'vitest'

import { createTabLocks, createWebLocks } from './locks'

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

test('work under one name is done in sequence, also after a failure', async () => {
  const { hold } = createTabLocks()
  const done: string[] = []
  const first = gate()
  const one = hold('a', async () => {
    await first.opened
    done.push('one')
    throw new Error('it fails')
  })
  const two = hold('a', () => done.push('two'))
  await hold('b', () => done.push('other name'))
  expect(done).toEqual(['other name'])
  first.open()
  await expect(one).rejects.toThrow('it fails')
  await two
  expect(done).toEqual(['other name', 'one', 'two'])
})

test('a lock is not free until all work that waited for it is done', async () => {
  const { hold, holdIfFree } = createTabLocks()
  const [first, second] = [gate(), gate()]
  const one = hold('a', () => first.opened)
  const two = hold('a', () => second.opened)
  expect(await holdIfFree('a', () => 'done')).toBeNull()
  expect(await holdIfFree('b', () => 'done')).toBe('done')
  first.open()
  await one
  expect(await holdIfFree('a', () => 'done')).toBeNull()
  second.open()
  await two
  expect(await holdIfFree('a', () => 'done')).toBe('done')
})

test('if the browser refuses locks, work is still done in sequence', async () => {
  const { hold, holdIfFree } = createWebLocks({
    request: () => Promise.reject(new DOMException('denied', 'SecurityError')),
  })
  const first = gate()
  const one = hold('a', () => first.opened)
  expect(await holdIfFree('b', () => 'done')).toBe('done')
  await vi.waitFor(async () => expect(await holdIfFree('a', () => 'done')).toBeNull())
  first.open()
  await one
  expect(await hold('a', () => 'done')).toBe('done')
})

test('work that fails under a lock is not repeated', async () => {
  const request = (_: string, ...rest: unknown[]): unknown => (rest.at(-1) as (lock: object) => unknown)({})
  const { hold, holdIfFree } = createWebLocks({ request: request as LockManager['request'] })
  const work = vi.fn(() => Promise.reject(new Error('it fails')))
  await expect(hold('a', work)).rejects.toThrow('it fails')
  await expect(holdIfFree('a', work)).rejects.toThrow('it fails')
  expect(work).toHaveBeenCalledTimes(2)
})
