import { type JSX, useEffect, useState } from 'react'

import { network } from '@/api/connection/network'
import { useStore } from '@/lib/store'

import { listening } from './feedSubscription'
import css from './LostConnection.module.css'

const WORTH_SAYING_AFTER_MS = 5_000

/** A short break is nobody's concern: what was missed is read afterwards. */
export function LostConnection(): JSX.Element | null {
  const isLost = useStore(listening) === 'no'
  const isUp = useStore(network) === 'up' // else the whole page says so
  const [isSaid, setSaid] = useState(false)
  useEffect(() => {
    if (!isLost) return
    const timer = setTimeout(() => setSaid(true), WORTH_SAYING_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setSaid(false)
    }
  }, [isLost])
  if (!isSaid || !isUp) return null
  return (
    <p className={css.lost} role="status">
      New posts are not arriving just now. Trying again…
    </p>
  )
}
