import { useEffect } from 'react'

const CONTAINERS = 'li, form, section, [role="group"], ul, article, dialog, main'

/**
 * If the focused element is removed, moves the focus to the nearest remaining container. Browsers reset the focus to the
 * body, so that keyboard users would start over.
 */
export function useFocusRecovery(): void {
  useEffect(() => {
    let ancestors: Element[] = []
    const remember = ({ target }: FocusEvent): void => {
      ancestors = []
      for (let element = target as Element | null; element; element = element.parentElement) ancestors.push(element)
    }
    const recover = (): void => {
      const [focused] = ancestors
      if (!focused || focused.isConnected || document.activeElement !== document.body) return
      const container = ancestors.find((element) => element.isConnected && element.matches(CONTAINERS))
      const next = container ?? document.getElementById('main')
      if (!(next instanceof HTMLElement)) return
      if (next.tabIndex < 0) next.tabIndex = -1
      next.focus({ preventScroll: true })
    }
    const changes = new MutationObserver(recover)
    changes.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    return () => {
      changes.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}
