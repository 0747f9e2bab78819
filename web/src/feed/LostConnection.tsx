import { type JSX, useEffect, useState } from 'react'

import { connection } from '@/api/connection'
import { useStore } from '@/app/store'

import css from './LostConnection.module.css'

const WORTH_SAYING_AFTER_MS = 5_000

/** A short break is nobody's concern: what was missed is read afterwards. */
export function LostConnection(): JSX.Element | null {
  const isLost = useStore(connection) === 'lost'
  const [isSaid, setSaid] = useState(false)
  useEffect(() => {
    if (!isLost) return
    const timer = setTimeout(() => setSaid(true), WORTH_SAYING_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setSaid(false)
    }
  }, [isLost])
  if (!isSaid) return null
  return (
    <p className={css.lost} role="status">
      New posts are not arriving just now. Trying again…
    </p>
  )
}
