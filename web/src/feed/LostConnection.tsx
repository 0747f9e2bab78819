import { Trans } from '@lingui/react/macro'
import { type JSX, useEffect, useState } from 'react'

import { network } from '@/api/connection/network'
import { useStore } from '@/lib/store'

import { feedState } from './feedSubscription'
import css from './LostConnection.module.css'

const SHOWN_AFTER_MS = 5_000

/** A notice that live updates are interrupted. Short interruptions are not shown: missed posts are loaded afterwards. */
export function LostConnection(): JSX.Element | null {
  const isLost = useStore(feedState) === 'interrupted'
  const isUp = useStore(network) === 'up' // otherwise, ConnectionBanner is shown
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isLost) return
    const timer = setTimeout(() => setShown(true), SHOWN_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setShown(false)
    }
  }, [isLost])
  if (!isShown || !isUp) return null
  return (
    <p className={css.lost} role="status">
      <Trans>Live updates are interrupted. Reconnecting…</Trans>
    </p>
  )
}
