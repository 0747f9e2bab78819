import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { JSX } from 'react'

import { network } from '@/api/connection/network'
import { useStore } from '@/lib/store'

import css from './ConnectionBanner.module.css'

const MESSAGES = {
  up: null,
  offline: msg`You are offline. This page may be out of date.`,
  unreachable: msg`Tweeter cannot be reached. Trying again…`,
}

/** A banner above every page while the network or the server is unreachable. */
export function ConnectionBanner(): JSX.Element {
  const message = MESSAGES[useStore(network)]
  return (
    <div role="status" className={css.connection} data-network={message ? true : undefined}>
      {message && i18n._(message)}
    </div>
  )
}
