import { createStore, type Store } from '@/lib/store'

/** `offline` if the browser says so; `unreachable` if a request failed although the browser is online. */
export type NetworkState = 'up' | 'offline' | 'unreachable'

export interface Network extends Pick<Store<NetworkState>, 'get' | 'subscribe' | 'set'> {
  /** The browser is online again. The next request shows whether the server can be reached. */
  cameBack: () => void
  wentAway: () => void
  /** The server has answered a request, or its socket is open. */
  succeeded: () => void
  failed: () => void
  /** Calls back whenever the network is up again. Returns a function that stops that. */
  onUp: (listener: () => void) => () => void
}

export function createNetwork(isOnline: boolean): Network {
  const store = createStore<NetworkState>(isOnline ? 'up' : 'offline')
  return {
    ...store,
    cameBack: () => store.set('up'),
    wentAway: () => store.set('offline'),
    succeeded: () => store.set('up'),
    failed() {
      if (store.get() === 'up') store.set('unreachable')
    },
    onUp: (listener) => store.subscribe(() => store.get() === 'up' && listener()),
  }
}

/** The state of the connection to the server. */
export const network = createNetwork(true)

/** Follows the browser's `online` and `offline` events. */
export function watchNetwork(): void {
  if (!navigator.onLine) network.wentAway()
  addEventListener('online', network.cameBack)
  addEventListener('offline', network.wentAway)
}

const UNREACHABLE = [502, 503, 504]

/**
 * Reports the outcome of a request to the network store. A request that the client aborted is no evidence, nor is an answer
 * to a request that was sent before the browser went offline.
 */
export async function observedFetch(
  send: () => Promise<Response>,
  { get, succeeded, failed }: Pick<Network, 'get' | 'succeeded' | 'failed'> = network,
): Promise<Response> {
  const wasOffline = get() === 'offline'
  try {
    const response = await send()
    if (isUnreachable(response.status)) failed()
    else if (wasOffline || get() !== 'offline') succeeded()
    return response
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) failed()
    throw error
  }
}

export function isUnreachable(status: number): boolean {
  return UNREACHABLE.includes(status)
}
