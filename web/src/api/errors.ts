import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import type { CombinedError } from '@urql/core'

import type { FieldErrorCode } from '@/gql/graphql'
import { language } from '@/lib/i18n/language'

const SHOWN_CODES = ['BAD_USER_INPUT', 'RATE_LIMITED', 'NEEDS_MIGRATION']

/** Messages for the types of the schema that implement `Error`. */
export const ERRORS: Record<string, MessageDescriptor> = {
  AliasTaken: msg`This alias is taken. Choose another one.`,
  Blocked: msg`One of the two accounts has blocked the other.`,
  CannotBlockSelf: msg`You cannot block yourself.`,
  CannotFollowSelf: msg`You cannot follow yourself.`,
  CannotMuteSelf: msg`You cannot mute yourself.`,
  InvalidCredentials: msg`The alias or the password is wrong.`,
  InvalidInput: msg`This is not accepted. Change it and try again.`,
  NotFollowed: msg`You do not follow this account.`,
  PostNotFound: msg`There is no such post.`,
  SessionNotFound: msg`You have no such session.`,
  UserNotFound: msg`There is no such account.`,
}

/** Messages for what is wrong with a field of a form. */
const FIELD_ERRORS: Record<FieldErrorCode, MessageDescriptor> = {
  REQUIRED: msg`This is missing.`,
  TOO_SHORT: msg`This is too short.`,
  TOO_LONG: msg`This is too long.`,
  INVALID: msg`This is not accepted here.`,
  TAKEN: msg`This is already taken.`,
  NOT_FOUND: msg`This does not exist.`,
}

/** Returns the message for the user. */
export function describeError(error: CombinedError): string {
  if (error.networkError) {
    return navigator.onLine ? t`Tweeter cannot be reached right now.` : t`You are offline.`
  }
  if (hasCode(error, 'UNAUTHENTICATED')) return t`Your session has ended.`
  const told = error.graphQLErrors.find(({ extensions }) => SHOWN_CODES.includes(String(extensions['code'])))
  if (!told) return t`Something went wrong. Please try again.`
  return translationOf(told.extensions) ?? told.message
}

function translationOf({ code, retryAfter }: Record<string, unknown>): string | undefined {
  if (language.get() === 'en') return undefined
  const seconds = Number(retryAfter)
  if (code === 'RATE_LIMITED' && seconds > 0) return t`Too often: try again in ${seconds} s.`
  if (code === 'NEEDS_MIGRATION') {
    return t`This server does not offer it yet: its operator has to run “tweeter migrate”.`
  }
  return undefined
}

/** The server's messages are English and know more than their code. In other languages, the code chooses the message. */
function translated(message: string, known: MessageDescriptor | undefined): string {
  return known && language.get() !== 'en' ? i18n._(known) : message
}

export function isUnauthenticated(error: CombinedError): boolean {
  return hasCode(error, 'UNAUTHENTICATED')
}

/** True if the server rejects an id of the address: it is mistyped or made up. */
export function isInvalidId(error: CombinedError): boolean {
  return hasCode(error, 'BAD_USER_INPUT')
}

function hasCode(error: CombinedError, code: string): boolean {
  return error.graphQLErrors.some(({ extensions }) => extensions['code'] === code)
}

/** True for a result that is an expected failure: a type of the schema that implements `Error`. */
export function isError<Result extends object>(result: Result): result is Extract<Result, { message: string }> {
  return 'message' in result && typeof result.message === 'string'
}

/** Returns the message of an expected failure for the user. */
export function messageOf({ __typename, message }: { __typename: string; message: string }): string {
  return translated(message, ERRORS[__typename])
}

/**
 * Returns what to tell the user about a mutation that failed, and undefined if it succeeded. An error of the result whose
 * name is in `accepted` counts as a success.
 */
export function failureOf(
  error: CombinedError | undefined,
  result: { __typename: string } | { __typename: string; message: string } | undefined,
  accepted: readonly string[] = [],
): string | undefined {
  if (error) return describeError(error)
  return result && isError(result) && !accepted.includes(result.__typename) ? messageOf(result) : undefined
}

/** The problems of a form, by field. A problem of no field is under `form`. */
export type Problems = Record<string, string | undefined>

interface FieldProblem {
  field: string
  code: FieldErrorCode
  message: string
}

interface ResultError {
  __typename: string
  message: string
  fields?: readonly FieldProblem[]
}

/** Returns what is wrong with a field. */
export function problemOf({ code, message }: FieldProblem): string {
  return translated(message, FIELD_ERRORS[code])
}

/** Returns the problems that an error names. `fieldOf` maps the name of an error to the field that it is about. */
export function problemsIn(error: ResultError, fieldOf: Record<string, string> = {}): Problems {
  if (error.fields?.length)
    return Object.fromEntries(error.fields.map((problem) => [problem.field, problemOf(problem)]))
  return { [fieldOf[error.__typename] ?? 'form']: messageOf(error) }
}
