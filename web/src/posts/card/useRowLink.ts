import { type HTMLAttributes, type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { useNavigate } from 'react-router'

const HAS_A_WAY_OF_ITS_OWN = 'a, button, dialog, input, label, select, summary, textarea'
const LEFT = 0
const MIDDLE = 1
const DRAG_PX = 6

type Handlers = Pick<HTMLAttributes<HTMLElement>, 'onMouseDown' | 'onClick' | 'onAuxClick' | 'onKeyDown'>

/**
 * Makes a row lead to an address as a link would, with keys and buttons for new tabs and windows. A link around the row
 * could hold no other links, and its text could not be selected.
 */
export function useOpening(address: string): Handlers {
  const navigate = useNavigate()
  const pressed = useRef<{ x: number; y: number } | null>(null)

  const open = (event: MouseEvent | KeyboardEvent, isMiddle = false): void => {
    event.preventDefault()
    // Browsers look at the keys and the button of the event: a tab in the background, or a window.
    if (isMiddle || event.ctrlKey || event.metaKey || event.shiftKey) window.open(address, '_blank', 'noopener')
    else void navigate(address)
  }
  const onRelease = (event: MouseEvent): void => {
    const began = pressed.current
    pressed.current = null
    if (!began || !isOfTheRow(event) || event.altKey || hasSelection()) return
    if (Math.hypot(event.clientX - began.x, event.clientY - began.y) < DRAG_PX) open(event, event.button === MIDDLE)
  }
  return {
    onMouseDown(event) {
      const isMeant = (event.button === LEFT || event.button === MIDDLE) && isOfTheRow(event)
      pressed.current = isMeant ? { x: event.clientX, y: event.clientY } : null
      // Or the middle button would scroll, and Shift select all from where the last click was.
      if (isMeant && (event.button === MIDDLE || (event.shiftKey && !hasSelection()))) event.preventDefault()
    },
    onClick: onRelease,
    onAuxClick: (event) => event.button === MIDDLE && onRelease(event),
    onKeyDown: (event) => event.key === 'Enter' && event.target === event.currentTarget && open(event),
  }
}

function isOfTheRow({ target }: MouseEvent): boolean {
  return target instanceof Element && !target.closest(HAS_A_WAY_OF_ITS_OWN)
}

function hasSelection(): boolean {
  return getSelection()?.isCollapsed === false
}
