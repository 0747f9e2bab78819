import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { keysWith, onOtherTabWith, read, write } from './browserStorage'

/** A browser's storage, as long as it is not full. */
class Storage {
  isFull = false
  getItem = (key: string): string | null => (this as unknown as Record<string, string>)[key] ?? null
  setItem = (key: string, value: string): void => {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError')
    Object.assign(this, { [key]: value })
  }
  removeItem = (key: string): boolean => Reflect.deleteProperty(this, key)
}

let storage: Storage
beforeEach(() => {
  storage = new Storage()
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => {
  for (const key of keysWith('a.')) write(key, null)
  vi.unstubAllGlobals()
})

test('what is written is read, and listed under its prefix', () => {
  write('a.1', 'one')
  write('a.2', 'two')
  write('b.1', 'other')
  expect(read('a.1')).toBe('one')
  expect(keysWith('a.').sort()).toEqual(['a.1', 'a.2'])
  write('a.1', null)
  expect(read('a.1')).toBeNull()
  expect(keysWith('a.')).toEqual(['a.2'])
})

test('what a full storage refuses lasts as long as the page, instead of what was there before', () => {
  write('a.1', 'before')
  storage.isFull = true
  write('a.1', 'after')
  write('a.2', 'new')
  expect(read('a.1')).toBe('after')
  expect(keysWith('a.').sort()).toEqual(['a.1', 'a.2'])
  storage.isFull = false
  write('a.1', 'last')
  expect(read('a.1')).toBe('last')
  write('a.1', null)
  expect(read('a.1')).toBeNull()
})

test('without any storage, values last as long as the page', () => {
  vi.stubGlobal('localStorage', undefined)
  write('a.1', 'one')
  expect(read('a.1')).toBe('one')
  expect(keysWith('a.')).toEqual(['a.1'])
  write('a.1', null)
  expect(read('a.1')).toBeNull()
})

test('other tabs are heard under a prefix, and when they clear all', () => {
  const target = new EventTarget()
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  const tell = (key: string | null) => target.dispatchEvent(Object.assign(new Event('storage'), { key }))
  const changed = vi.fn()
  const forget = onOtherTabWith('a.', changed)
  tell('a.1')
  tell('b.1')
  tell(null)
  expect(changed).toHaveBeenCalledTimes(2)
  forget()
  tell('a.1')
  expect(changed).toHaveBeenCalledTimes(2)
})
