import { expect, test, vi } from 'vitest'

import { createLocks, webLocks } from './locks'

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

test('work under one name is done one after the other, also after one that fails', async () => {
  const { hold } = createLocks()
  const done: string[] = []
  const first = gate()
  const one = hold('a', async () => {
    await first.opened
    done.push('one')
    throw new Error('it fails')
  })
  const two = hold('a', () => done.push('two'))
  await hold('b', () => done.push('of another name'))
  expect(done).toEqual(['of another name'])
  first.open()
  await expect(one).rejects.toThrow('it fails')
  await two
  expect(done).toEqual(['of another name', 'one', 'two'])
})

test('what is held is not free, until all who waited are done', async () => {
  const { hold, holdIfFree } = createLocks()
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

test('where the browser refuses to lock, the work is done, one after the other', async () => {
  const { hold, holdIfFree } = webLocks({ request: () => Promise.reject(new DOMException('denied', 'SecurityError')) })
  const first = gate()
  const one = hold('a', () => first.opened)
  expect(await holdIfFree('b', () => 'done')).toBe('done')
  await vi.waitFor(async () => expect(await holdIfFree('a', () => 'done')).toBeNull())
  first.open()
  await one
  expect(await hold('a', () => 'done')).toBe('done')
})

test('work that fails under a lock is not done again', async () => {
  const request = (_: string, ...rest: unknown[]): unknown => (rest.at(-1) as (lock: object) => unknown)({})
  const { hold, holdIfFree } = webLocks({ request: request as LockManager['request'] })
  const work = vi.fn(() => Promise.reject(new Error('it fails')))
  await expect(hold('a', work)).rejects.toThrow('it fails')
  await expect(holdIfFree('a', work)).rejects.toThrow('it fails')
  expect(work).toHaveBeenCalledTimes(2)
})
