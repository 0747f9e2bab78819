export interface Session {
  token: string
  alias: string
}

/** Parses a stored session. Returns null for anything else. */
export function parseSession(kept: string | null): Session | null {
  try {
    const session: unknown = JSON.parse(kept ?? 'null')
    return isSession(session) ? { token: session.token, alias: session.alias } : null
  } catch {
    return null
  }
}

function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    typeof value.token === 'string' &&
    'alias' in value &&
    typeof value.alias === 'string'
  )
}
