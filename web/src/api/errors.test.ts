import { CombinedError } from '@urql/core'
import { GraphQLError } from 'graphql'
import { afterEach, expect, test } from 'vitest'

import { POSSIBLE_TYPES } from '@/gql/cacheTypes'
import { activate } from '@/lib/i18n/language'
import { messages as english } from '@/lib/i18n/catalogues/en.po'
import { messages as german } from '@/lib/i18n/catalogues/de.po'

import { ERRORS, failureOf, isError, problemsIn } from './errors'

const NEW_ERROR = { __typename: 'AnErrorOfTomorrow', message: 'It does not work.' }
const REFUSED = new CombinedError({
  graphQLErrors: [new GraphQLError('Too many requests.', { extensions: { code: 'RATE_LIMITED' } })],
})

test('a result is an error if it has a message', () => {
  expect(isError(NEW_ERROR)).toBe(true)
  expect(isError({ __typename: 'Followed' })).toBe(false)
  expect(isError({ __typename: 'Followed', message: null })).toBe(false)
})

test('a form shows an error that it does not know', () => {
  expect(problemsIn(NEW_ERROR, { AliasTaken: 'alias' })).toEqual({ form: 'It does not work.' })
  expect(problemsIn({ ...NEW_ERROR, fields: [] })).toEqual({ form: 'It does not work.' })
})

test('a form shows the problems of fields at the fields', () => {
  const fields = [
    { field: 'alias', code: 'TOO_LONG', message: 'too long' },
    { field: 'password', code: 'TOO_SHORT', message: 'too short' },
  ] as const
  expect(problemsIn({ ...NEW_ERROR, fields })).toEqual({ alias: 'too long', password: 'too short' })
  expect(problemsIn({ __typename: 'AliasTaken', message: 'taken' }, { AliasTaken: 'alias' })).toEqual({
    alias: 'taken',
  })
})

test.each([
  ['an error of the request', REFUSED, undefined, [], 'Too many requests.'],
  ['an error of the result', undefined, NEW_ERROR, ['PostNotFound'], 'It does not work.'],
  ['an accepted error', undefined, { __typename: 'PostNotFound', message: 'gone' }, ['PostNotFound'], undefined],
  ['a success', undefined, { __typename: 'PostDeleted' }, [], undefined],
  ['no answer', undefined, undefined, [], undefined],
])('the user is told of %s', (_, error, result, accepted, told) => {
  expect(failureOf(error, result, accepted)).toBe(told)
})

afterEach(() => activate('en', english))

test('each error of the schema has a message', () => {
  expect(Object.keys(ERRORS).sort()).toEqual(POSSIBLE_TYPES.Error)
})

test.each([
  ['UserNotFound', 'There is no such account.', 'Dieses Konto gibt es nicht.'],
  ['AnErrorOfTomorrow', 'It does not work.', 'It does not work.'],
])('%s is told in the language, if its name is known', (__typename, message, translated) => {
  expect(failureOf(undefined, { __typename, message })).toBe(message)
  activate('de', german)
  expect(failureOf(undefined, { __typename, message })).toBe(translated)
})

test('English keeps the message of the server, which says more than its code', () => {
  const message = 'The current password is wrong.'
  expect(failureOf(undefined, { __typename: 'InvalidCredentials', message })).toBe(message)
  const fields = [{ field: 'alias', code: 'TOO_LONG', message: 'An alias has at most 30 letters.' }] as const
  expect(problemsIn({ __typename: 'InvalidInput', message, fields })).toEqual({ alias: fields[0].message })
  activate('de', german)
  expect(problemsIn({ __typename: 'InvalidInput', message, fields })).toEqual({ alias: 'Das ist zu lang.' })
})

test('a rate limit is told in the language, with its pause', () => {
  const extensions = { code: 'RATE_LIMITED', retryAfter: 7 }
  const error = new CombinedError({ graphQLErrors: [new GraphQLError('Too often: try again in 7 s.', { extensions })] })
  expect(failureOf(error, undefined)).toBe('Too often: try again in 7 s.')
  activate('de', german)
  expect(failureOf(error, undefined)).toBe('Zu oft: Versuch es in 7 s noch einmal.')
})
