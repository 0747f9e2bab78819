import type { JSX } from 'react'

import type { DeliveryState } from '@/gql/graphql'
import { Icon } from '@/ui/Icon'
import { LOCALE } from '@/ui/locale'

import css from './Delivery.module.css'
import { useProgress } from './useProgress'

interface DeliveryProps {
  id: string
  isCelebrity: boolean
  delivery: { state: DeliveryState; targets: number; delivered: number }
}

/** To its author: how far a post has come. */
export function Delivery({ id, isCelebrity, delivery: { state, targets, delivered } }: DeliveryProps): JSX.Element {
  const isInFlight = state === 'IN_FLIGHT'
  useProgress(id, isInFlight)
  if (isInFlight) {
    return (
      <span className={css.delivery}>
        {targets > 0 && <progress max={targets} value={delivered} aria-label="Delivered" />}
        {targets > 0 ? `${number(delivered)} of ${number(targets)} feeds` : 'On its way'}
      </span>
    )
  }
  return (
    <span className={css.delivery}>
      <Icon name="check" size={14} />
      {arrived(targets, isCelebrity)}
    </span>
  )
}

function arrived(targets: number, isCelebrity: boolean): string {
  if (targets === 1) return 'In 1 feed'
  if (targets > 1) return `In ${number(targets)} feeds`
  return isCelebrity ? 'Merged into feeds when they are read' : 'In your story'
}

const number = (count: number): string => count.toLocaleString(LOCALE)
