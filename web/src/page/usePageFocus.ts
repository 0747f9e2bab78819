import { type RefObject, useEffectEvent, useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

import { useBeforeLeaving, useScrollPosition } from '@/lib/navigation/useScrollPosition'

let isFirstPage = true
/** The key of the history entry whose page was focused last. */
let focusedEntry: string | null = null

/**
 * Focuses a new page: its `data-first` element, or else its heading. On return, it focuses the link that the user had
 * followed. When the app starts, the focus stays at the start of the document, unless the page has a `data-first` element.
 */
export function usePageFocus(heading: RefObject<HTMLElement | null>): void {
  const { key } = useLocation()
  const type = useNavigationType()
  const position = useScrollPosition()
  const focusPage = useEffectEvent(() => {
    const main = document.getElementById('main')
    const active = document.activeElement
    const isFirst = isFirstPage
    const isNew = focusedEntry !== key && type !== 'POP'
    isFirstPage = false
    focusedEntry = key
    const isRestored = type === 'POP' && (position.focusedRow ?? position.visibleRows) !== undefined // by the list
    const first = isRestored ? null : main?.querySelector<HTMLElement>('[data-first]')
    const isFree = !active || active === document.body || active === main
    if (isFirst && !first) return
    if (isNew ? !isFree && main?.contains(active) : !isFree) return
    const followedLink =
      type === 'POP' && position.focusedLink ? main?.querySelector<HTMLElement>(linkTo(position.focusedLink)) : null
    const target = followedLink ?? first ?? heading.current
    target?.focus({ preventScroll: true })
    if (target instanceof HTMLInputElement) target.setSelectionRange(target.value.length, target.value.length)
  })
  useLayoutEffect(() => {
    focusPage()
  }, [key])
  useBeforeLeaving(position, (leaving) => {
    const link = document.activeElement?.closest('#main a[href]')?.getAttribute('href')
    if (link) leaving.focusedLink = link
    else delete leaving.focusedLink
  })
}

const linkTo = (address: string): string => `a[href="${CSS.escape(address)}"]`
