import { CombinedError } from '@urql/core'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'

import { failureOf, isError, problemsIn } from './errors'

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
