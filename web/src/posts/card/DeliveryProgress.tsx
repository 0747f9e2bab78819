import { type JSX, useEffect, useState } from 'react'

import type { DeliveryState } from '@/gql/graphql'
import { Icon } from '@/ui/Icon'
import { LOCALE } from '@/lib/text/locale'

import css from './DeliveryProgress.module.css'
import { useProgress } from './useDeliveryProgress'

const WORTH_SAYING_AFTER_MS = 2_000

interface DeliveryProps {
  id: string
  delivery: { state: DeliveryState; targets: number; delivered: number }
  /** Also says that it is over. */
  isWhole: boolean
}

/** To its author: how far a post has come, if that takes long. */
export function Delivery({ id, delivery: { state, targets, delivered }, isWhole }: DeliveryProps): JSX.Element | null {
  const isInFlight = state === 'IN_FLIGHT'
  const isLong = useIsLong(isInFlight)
  useProgress(id, isInFlight)
  if (isInFlight && isLong) {
    return (
      <span className={css.delivery}>
        {targets > 0 && <progress max={targets} value={delivered} aria-label="Delivered" />}
        {targets > 0 ? `${number(delivered)} of ${number(targets)} feeds` : 'On its way'}
      </span>
    )
  }
  if (isInFlight || !isWhole || targets === 0) return null
  return (
    <span className={css.delivery}>
      <Icon name="check" size={14} />
      {targets === 1 ? 'In 1 feed' : `In ${number(targets)} feeds`}
    </span>
  )
}

function useIsLong(isInFlight: boolean): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isInFlight) return
    const timer = setTimeout(() => setLong(true), WORTH_SAYING_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isInFlight])
  return isLong
}

const number = (count: number): string => count.toLocaleString(LOCALE)
