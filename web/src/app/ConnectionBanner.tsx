import type { JSX } from 'react'

import { network } from '@/api/connection/network'
import { useStore } from '@/lib/store'

import css from './ConnectionBanner.module.css'

const MESSAGES = {
  up: null,
  offline: 'You are offline. This page may be out of date.',
  unreachable: 'Tweeter cannot be reached. Trying again…',
}

/** A banner above every page while the network or the server is unreachable. */
export function ConnectionBanner(): JSX.Element {
  const message = MESSAGES[useStore(network)]
  return (
    <div role="status" className={css.connection} data-network={message ? true : undefined}>
      {message}
    </div>
  )
}
