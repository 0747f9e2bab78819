import { useEffect } from 'react'

const SURROUNDINGS = 'li, form, section, [role="group"], ul, article, dialog, main'

/**
 * When the focused element is removed, moves the focus to its nearest surroundings. Browsers reset it to the body, from
 * where keyboard users start over.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let around: Element[] = []
    const note = ({ target }: FocusEvent): void => {
      around = []
      for (let element = target as Element | null; element; element = element.parentElement) around.push(element)
    }
    const keep = (): void => {
      const [focused] = around
      if (!focused || focused.isConnected || document.activeElement !== document.body) return
      const left = around.find((element) => element.isConnected && element.matches(SURROUNDINGS))
      const next = left ?? document.getElementById('main')
      if (!(next instanceof HTMLElement)) return
      if (next.tabIndex < 0) next.tabIndex = -1
      next.focus({ preventScroll: true })
    }
    const changes = new MutationObserver(keep)
    changes.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', note)
    return () => {
      changes.disconnect()
      document.removeEventListener('focusin', note)
    }
  }, [])
}
