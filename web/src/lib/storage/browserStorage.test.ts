import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { onStoredPrefixChange, readStored, storedKeys, writeStored } from './browserStorage'

/** A localStorage that tests can fill up. */
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
  for (const key of storedKeys('a.')) writeStored(key, null)
  vi.unstubAllGlobals()
})

test('a stored value can be read and is listed under its prefix', () => {
  writeStored('a.1', 'one')
  writeStored('a.2', 'two')
  writeStored('b.1', 'other')
  expect(readStored('a.1')).toBe('one')
  expect(storedKeys('a.').sort()).toEqual(['a.1', 'a.2'])
  writeStored('a.1', null)
  expect(readStored('a.1')).toBeNull()
  expect(storedKeys('a.')).toEqual(['a.2'])
})

test('a value that does not fit into a full storage replaces the stored one until the page is closed', () => {
  writeStored('a.1', 'before')
  storage.isFull = true
  writeStored('a.1', 'after')
  writeStored('a.2', 'new')
  expect(readStored('a.1')).toBe('after')
  expect(storedKeys('a.').sort()).toEqual(['a.1', 'a.2'])
  storage.isFull = false
  writeStored('a.1', 'last')
  expect(readStored('a.1')).toBe('last')
  writeStored('a.1', null)
  expect(readStored('a.1')).toBeNull()
})

test('without localStorage, values last until the page is closed', () => {
  vi.stubGlobal('localStorage', undefined)
  writeStored('a.1', 'one')
  expect(readStored('a.1')).toBe('one')
  expect(storedKeys('a.')).toEqual(['a.1'])
  writeStored('a.1', null)
  expect(readStored('a.1')).toBeNull()
})

test('changes in other tabs are reported under a prefix, and if they clear everything', () => {
  const target = new EventTarget()
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  const change = (key: string | null) => target.dispatchEvent(Object.assign(new Event('storage'), { key }))
  const changed = vi.fn()
  const stop = onStoredPrefixChange('a.', changed)
  change('a.1')
  change('b.1')
  change(null)
  expect(changed).toHaveBeenCalledTimes(2)
  stop()
  change('a.1')
  expect(changed).toHaveBeenCalledTimes(2)
})
