import type { CombinedError } from '@urql/core'

const SAYS_WHAT_TO_DO = ['BAD_USER_INPUT', 'RATE_LIMITED']

/** What to tell the user. */
export function describe(error: CombinedError): string {
  if (error.networkError) {
    return navigator.onLine ? 'Tweeter cannot be reached right now.' : 'You are offline.'
  }
  if (hasCode(error, 'UNAUTHENTICATED')) return 'Your session has ended.'
  const told = error.graphQLErrors.find(({ extensions }) => SAYS_WHAT_TO_DO.includes(String(extensions['code'])))
  return told?.message ?? 'Something went wrong on our side. Try again.'
}

export function isUnauthenticated(error: CombinedError): boolean {
  return hasCode(error, 'UNAUTHENTICATED')
}

/** An address that somebody has made up or mistyped. */
export function isNotAnId(error: CombinedError): boolean {
  return hasCode(error, 'BAD_USER_INPUT')
}

function hasCode(error: CombinedError, code: string): boolean {
  return error.graphQLErrors.some(({ extensions }) => extensions['code'] === code)
}

/** What is wrong with a form, by field; what is wrong with none of them is `form`. */
export type Problems = Record<string, string | undefined>

export function byField(fields: readonly { field: string; message: string }[]): Problems {
  return Object.fromEntries(fields.map(({ field, message }) => [field, message]))
}
