const ENTRANCES = ['/login', '/register']

interface Place {
  pathname: string
  search: string
  state: unknown
}

/** Where to go after signing in: to what one has been sent here from, or to what is shown once one is signed in. */
export function fromOf({ pathname, search, state }: Place): string {
  if (!ENTRANCES.includes(pathname)) return pathname + search
  if (typeof state !== 'object' || state === null || !('from' in state)) return '/'
  return typeof state.from === 'string' && /^\/(?!\/)/.test(state.from) ? state.from : '/'
}
