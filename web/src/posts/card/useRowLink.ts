import { type HTMLAttributes, type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { useNavigate } from 'react-router'

const INTERACTIVE = 'a, button, dialog, input, label, select, summary, textarea, [role="menu"]'
const LEFT = 0
const MIDDLE = 1
const DRAG_PX = 6

type Handlers = Pick<HTMLAttributes<HTMLElement>, 'onMouseDown' | 'onClick' | 'onAuxClick' | 'onKeyDown'>

/**
 * Makes a row behave like a link, including the keys and mouse buttons for new tabs and windows. A real link around the row
 * could not contain other links, and its text could not be selected.
 */
export function useRowLink(address: string): Handlers {
  const navigate = useNavigate()
  const pressed = useRef<{ x: number; y: number } | null>(null)

  const open = (event: MouseEvent | KeyboardEvent, isMiddle = false): void => {
    event.preventDefault()
    // The browser chooses between a background tab and a window by the keys and the button of the event.
    if (isMiddle || event.ctrlKey || event.metaKey || event.shiftKey) window.open(address, '_blank', 'noopener')
    else void navigate(address)
  }
  const onRelease = (event: MouseEvent): void => {
    const start = pressed.current
    pressed.current = null
    if (!start || !isOnRow(event) || event.altKey || hasSelection()) return
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < DRAG_PX) open(event, event.button === MIDDLE)
  }
  return {
    onMouseDown(event) {
      const isLinkClick = (event.button === LEFT || event.button === MIDDLE) && isOnRow(event)
      pressed.current = isLinkClick ? { x: event.clientX, y: event.clientY } : null
      // Prevents scrolling with the middle button, and text selection with Shift.
      if (isLinkClick && (event.button === MIDDLE || (event.shiftKey && !hasSelection()))) event.preventDefault()
    },
    onClick: onRelease,
    onAuxClick: (event) => event.button === MIDDLE && onRelease(event),
    onKeyDown: (event) => event.key === 'Enter' && event.target === event.currentTarget && open(event),
  }
}

function isOnRow({ target }: MouseEvent): boolean {
  return target instanceof Element && !target.closest(INTERACTIVE)
}

function hasSelection(): boolean {
  return getSelection()?.isCollapsed === false
}
