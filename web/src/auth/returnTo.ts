const SIGN_IN_PAGES = ['/login', '/register']

interface Location {
  pathname: string
  search: string
  state: unknown
}

/** Returns the address to open after signing in: the page that redirected here, or the current page. */
export function returnAddress({ pathname, search, state }: Location): string {
  if (!SIGN_IN_PAGES.includes(pathname)) return pathname + search
  if (typeof state !== 'object' || state === null || !('returnTo' in state)) return '/'
  return typeof state.returnTo === 'string' && /^\/(?!\/)/.test(state.returnTo) ? state.returnTo : '/'
}
