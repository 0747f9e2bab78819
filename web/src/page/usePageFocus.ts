import { type RefObject, useEffectEvent, useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

import { useLeaving, usePlace } from '@/lib/navigation/useScrollPosition'

let isFirstPage = true
/** The entry of the history that has been given the focus. */
let arrivedAt: string | null = null

/**
 * Moves the focus to a new page: to its `data-first` element, or else to its heading. On the way back, the link that led
 * away gets the focus again. When the app starts, the focus stays at the start of the document, as on any page.
 */
export function useArrival(heading: RefObject<HTMLElement | null>): void {
  const { key } = useLocation()
  const type = useNavigationType()
  const place = usePlace()
  const arrive = useEffectEvent(() => {
    const main = document.getElementById('main')
    const active = document.activeElement
    const isFirst = isFirstPage
    const isNew = arrivedAt !== key && type !== 'POP'
    isFirstPage = false
    arrivedAt = key
    const first = main?.querySelector<HTMLElement>('[data-first]')
    const isFree = !active || active === document.body || active === main
    if (isFirst && !first) return
    if (isNew ? !isFree && main?.contains(active) : !isFree) return
    const left = type === 'POP' && place.link ? main?.querySelector<HTMLElement>(linkTo(place.link)) : null
    const target = left ?? first ?? heading.current
    target?.focus({ preventScroll: true })
    if (target instanceof HTMLInputElement) target.setSelectionRange(target.value.length, target.value.length)
  })
  useLayoutEffect(() => {
    arrive()
  }, [key])
  useLeaving(place, (left) => {
    const link = document.activeElement?.closest('#main a[href]')?.getAttribute('href')
    if (link) left.link = link
    else delete left.link
  })
}

const linkTo = (address: string): string => `a[href="${CSS.escape(address)}"]`
