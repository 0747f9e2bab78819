/** Where to go after signing in: a place of ours, as the page that sent one here has noted it. */
export function fromOf(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('from' in state)) return '/'
  return typeof state.from === 'string' && /^\/(?!\/)/.test(state.from) ? state.from : '/'
}
