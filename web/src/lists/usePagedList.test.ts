import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'

import { isEmpty } from './usePagedList'

const READ = { hasMore: false, isLoading: false, problem: null, retry: () => undefined }

test('a list without rows is empty once all of it has been read', () => {
  expect(isEmpty([], READ)).toBe(true)
  expect(isEmpty(['a row'], READ)).toBe(false)
  expect(isEmpty([], { ...READ, hasMore: true })).toBe(false)
  expect(isEmpty([], { ...READ, isLoading: true })).toBe(false)
  expect(isEmpty([], { ...READ, problem: new CombinedError({ networkError: new Error('away') }) })).toBe(false)
})
