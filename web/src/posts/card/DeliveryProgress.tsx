import { plural, t } from '@lingui/core/macro'
import { type JSX, useEffect, useState } from 'react'

import type { DeliveryState } from '@/gql/graphql'
import { formatNumber } from '@/lib/i18n/format'
import { Icon } from '@/ui/Icon'

import css from './DeliveryProgress.module.css'
import { useDeliveryProgress } from './useDeliveryProgress'

const SHOWN_AFTER_MS = 2_000

interface DeliveryProps {
  id: string
  delivery: { state: DeliveryState; targets: number; delivered: number }
  /** Shows completed deliveries too. */
  isDetailed: boolean
}

/** Shows the author of a post how many feeds it has reached, if the delivery takes long. */
export function DeliveryProgress({
  id,
  delivery: { state, targets, delivered },
  isDetailed,
}: DeliveryProps): JSX.Element | null {
  const isInFlight = state === 'IN_FLIGHT'
  const isLong = useIsLong(isInFlight)
  useDeliveryProgress(id, isInFlight)
  if (isInFlight && isLong) {
    const [reached, all] = [formatNumber(delivered), formatNumber(targets)]
    return (
      <span className={css.delivery}>
        {targets > 0 && <progress max={targets} value={delivered} aria-label={t`Delivered`} />}
        {targets > 0 ? t`${reached} of ${all} feeds` : t`On its way`}
      </span>
    )
  }
  if (isInFlight || !isDetailed || targets === 0) return null
  return (
    <span className={css.delivery}>
      <Icon name="check" size={14} />
      {plural(targets, { one: 'In # feed', other: 'In # feeds' })}
    </span>
  )
}

function useIsLong(isInFlight: boolean): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isInFlight) return
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isInFlight])
  return isLong
}
