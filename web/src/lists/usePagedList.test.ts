import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'

import { isEmptyList } from './usePagedList'

const LOADED = { hasMore: false, isLoading: false, problem: null, retry: () => undefined }

test('a list without rows is empty once it is fully loaded', () => {
  expect(isEmptyList([], LOADED)).toBe(true)
  expect(isEmptyList(['a row'], LOADED)).toBe(false)
  expect(isEmptyList([], { ...LOADED, hasMore: true })).toBe(false)
  expect(isEmptyList([], { ...LOADED, isLoading: true })).toBe(false)
  expect(isEmptyList([], { ...LOADED, problem: new CombinedError({ networkError: new Error('away') }) })).toBe(false)
})
