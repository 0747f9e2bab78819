import type { CombinedError } from '@urql/core'

const SHOWN_CODES = ['BAD_USER_INPUT', 'RATE_LIMITED', 'NEEDS_MIGRATION']

/** Returns the message for the user. */
export function describeError(error: CombinedError): string {
  if (error.networkError) {
    return navigator.onLine ? 'Tweeter cannot be reached right now.' : 'You are offline.'
  }
  if (hasCode(error, 'UNAUTHENTICATED')) return 'Your session has ended.'
  const told = error.graphQLErrors.find(({ extensions }) => SHOWN_CODES.includes(String(extensions['code'])))
  return told?.message ?? 'Something went wrong. Please try again.'
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
  return result && isError(result) && !accepted.includes(result.__typename) ? result.message : undefined
}

/** The problems of a form, by field. A problem of no field is under `form`. */
export type Problems = Record<string, string | undefined>

interface ResultError {
  __typename: string
  message: string
  fields?: readonly { field: string; message: string }[]
}

/** Returns the problems that an error names. `fieldOf` maps the name of an error to the field that it is about. */
export function problemsIn(
  { __typename, message, fields }: ResultError,
  fieldOf: Record<string, string> = {},
): Problems {
  if (fields?.length) return Object.fromEntries(fields.map((problem) => [problem.field, problem.message]))
  return { [fieldOf[__typename] ?? 'form']: message }
}
