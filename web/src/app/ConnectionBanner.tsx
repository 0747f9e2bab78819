import type { JSX } from 'react'

import { network } from '@/api/connection/network'

import css from './ConnectionBanner.module.css'
import { useStore } from '@/lib/store'

const SAID = {
  up: null,
  offline: 'You are offline. This may be out of date.',
  unreachable: 'Tweeter cannot be reached. Trying again…',
}

/** A banner above every page while the network or the server is away. */
export function Connection(): JSX.Element {
  const said = SAID[useStore(network)]
  return (
    <div role="status" className={css.connection} data-network={said ? true : undefined}>
      {said}
    </div>
  )
}
