import type { CombinedError } from '@urql/core'

/** What to tell the user. */
export function describe(error: CombinedError): string {
  if (error.networkError) {
    return navigator.onLine ? 'Tweeter cannot be reached right now.' : 'You are offline.'
  }
  if (hasCode(error, 'RATE_LIMITED')) return 'That was a lot at once. Wait a moment and try again.'
  if (hasCode(error, 'UNAUTHENTICATED')) return 'Your session has ended.'
  const [first] = error.graphQLErrors
  return hasCode(error, 'BAD_USER_INPUT') && first ? first.message : 'Something went wrong on our side. Try again.'
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
