import { CombinedError } from '@urql/core'
import { GraphQLError } from 'graphql'
import { beforeEach, expect, test, vi } from 'vitest'

import type { CreatePostMutation } from '@/gql/graphql'

import { createTestClient } from '@/api/testClient.testing'

import { createPost, outcomeOf, outcomeOfResult } from './createPost'
import { newEntry } from './entry'

const failed = (code: string, extensions = {}) =>
  new CombinedError({ graphQLErrors: [new GraphQLError('why', { extensions: { code, ...extensions } })] })
const unanswered = (status?: number) =>
  new CombinedError({ networkError: new Error('x'), ...(status !== undefined && { response: { status } }) })

const NEW_ERROR = { __typename: 'AnErrorOfTomorrow', message: 'It does not work.' } as object

beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true })
})

test.each([
  ...['INTERNAL', 'UNAVAILABLE', 'UNAUTHENTICATED', 'INTERRUPTED'].map((code) => [code, failed(code)] as const),
  ...[undefined, 408, 425, 429, 500, 502, 503, 504].map((status) => [status, unanswered(status)] as const),
])('%s is temporary', (_, error) => {
  expect(outcomeOf(error)).toMatchObject({ kind: 'unreachable', retryAfterMs: null })
})

test.each([
  ...['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'].map((code) => [code, failed(code)] as const),
  ...[400, 403, 404, 413].map((status) => [status, unanswered(status)] as const),
])('%s is permanent', (_, error) => {
  expect(outcomeOf(error)).toMatchObject({ kind: 'stopped' })
})

test('a rate limit has a retry delay', () => {
  expect(outcomeOf(failed('RATE_LIMITED', { retryAfter: 7 }))).toEqual({
    ...{ kind: 'unreachable', reason: 'why', retryAfterMs: 7_000 },
  })
})

test.each([undefined, null, 0, -1, 0.2, 'soon'])(
  'a rate limit with the retry delay %j is retried after a second',
  (retryAfter) => {
    expect(outcomeOf(failed('RATE_LIMITED', { retryAfter }))).toMatchObject({ retryAfterMs: 1_000 })
  },
)

test.each<[CreatePostMutation['createPost'], object]>([
  [{ __typename: 'PostCreated', post: { id: '1' } } as CreatePostMutation['createPost'], { kind: 'posted', id: '1' }],
  [
    { __typename: 'PostNotFound', message: 'gone' },
    { kind: 'deleted', reason: 'gone' },
  ],
  [
    { __typename: 'Blocked', message: 'blocked' },
    { kind: 'orphaned', reason: 'blocked' },
  ],
  [NEW_ERROR as CreatePostMutation['createPost'], { kind: 'refused', reason: 'It does not work.' }],
  [invalid('text', 'too long'), { kind: 'refused', reason: 'too long' }],
  [invalid('idempotencyKey', 'another post'), { kind: 'taken' }],
])('%j', (result, outcome) => {
  expect(outcomeOfResult(result)).toEqual(outcome)
})

function invalid(field: string, message: string): CreatePostMutation['createPost'] {
  return {
    ...{ __typename: 'InvalidInput', message: 'not valid' },
    fields: [{ __typename: 'FieldError', field, code: 'INVALID', message }],
  }
}

test.each([
  ['is there', { __typename: 'Post', id: '1', createdAt: 'then' }, { kind: 'deleted', reason: 'gone' }],
  ['is gone', null, { kind: 'orphaned' }],
  ['cannot be asked for', undefined, { kind: 'unreachable' }],
])('PostNotFound, and the answered post %s', async (_, post, outcome) => {
  const { client, sent } = createTestClient({
    CreatePost: () => ({ createPost: { __typename: 'PostNotFound', message: 'gone' } }),
    NamedPost: () => (post === undefined ? undefined : { post }),
  })
  const about = { kind: 'reply', id: '1', alias: 'ann' } as const
  expect(await createPost(client, newEntry('hello', null, 0, about))).toMatchObject(outcome)
  expect(sent[0]?.variables).toMatchObject({ input: { text: 'hello', replyTo: '1' } })
})

test('a quote names its post', async () => {
  const { client, sent } = createTestClient({ CreatePost: () => undefined })
  await createPost(client, newEntry('', null, 0, { kind: 'quote', id: '1', alias: 'ann' }))
  expect(sent[0]?.variables).toMatchObject({ input: { text: '', quote: '1' } })
})

test('pictures are named in their order, and only if there are any', async () => {
  const { client, sent } = createTestClient({ CreatePost: () => undefined })
  const kept = (id: string) => ({
    ...{ key: id, alt: '', uploadedAt: 0 },
    picture: { id, url: '', srcset: '', width: 1, height: 1, alt: '', placeholder: '' },
  })
  await createPost(client, newEntry('', null, 0, null, [kept('2'), kept('1')]))
  await createPost(client, newEntry('hello', null, 0))
  expect(sent[0]?.variables).toMatchObject({ input: { text: '', media: ['2', '1'] } })
  expect(sent[1]?.variables).not.toHaveProperty('input.media')
})
