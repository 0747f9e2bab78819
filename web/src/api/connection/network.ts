import { createStore, type Store } from '@/lib/store'

/** `offline` if the browser says so; `unreachable` if a request failed although the browser is online. */
export type NetworkState = 'up' | 'offline' | 'unreachable'

export interface Network extends Pick<Store<NetworkState>, 'get' | 'subscribe' | 'set'> {
  /** The browser is online again. The next request shows if the server can be reached. */
  wentOnline: () => void
  wentOffline: () => void
  /** The server has answered a request, or its socket is open. */
  reportSuccess: () => void
  reportFailure: () => void
  /** Calls back whenever the network is up again. Returns a function that stops it. */
  onUp: (listener: () => void) => () => void
}

export function createNetwork(isOnline: boolean): Network {
  const store = createStore<NetworkState>(isOnline ? 'up' : 'offline')
  return {
    ...store,
    wentOnline: () => store.set('up'),
    wentOffline: () => store.set('offline'),
    reportSuccess: () => store.set('up'),
    reportFailure() {
      if (store.get() === 'up') store.set('unreachable')
    },
    onUp: (listener) => store.subscribe(() => store.get() === 'up' && listener()),
  }
}

/** The state of the connection to the server. */
export const network = createNetwork(true)

/** Follows the browser's `online` and `offline` events. */
export function watchNetwork(): void {
  if (!navigator.onLine) network.wentOffline()
  addEventListener('online', network.wentOnline)
  addEventListener('offline', network.wentOffline)
}

const UNREACHABLE_STATUSES = [502, 503, 504]

/**
 * Sends a request and reports to the network store if it reached the server. Aborted requests are ignored, and so are
 * responses to requests that were sent before the browser went offline.
 */
export async function observedFetch(
  send: () => Promise<Response>,
  { get, reportSuccess, reportFailure }: Pick<Network, 'get' | 'reportSuccess' | 'reportFailure'> = network,
): Promise<Response> {
  const wasOffline = get() === 'offline'
  try {
    const response = await send()
    if (isUnreachable(response.status)) reportFailure()
    else if (wasOffline || get() !== 'offline') reportSuccess()
    return response
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) reportFailure()
    throw error
  }
}

export function isUnreachable(status: number): boolean {
  return UNREACHABLE_STATUSES.includes(status)
}
