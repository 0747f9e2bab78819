import { msg } from '@lingui/core/macro'
import { type JSX, type KeyboardEvent, useId, useRef, useState } from 'react'

import { IconButton } from '@/ui/Button'
import type { IconName } from '@/ui/Icon'

import { lazyOverlay } from './lazyOverlay'
import css from './Menu.module.css'
import type { MenuItem } from './menuTypes'

interface MenuProps {
  icon: IconName
  label: string
  /** Shown beside the icon, unless it is 0. */
  count?: number
  items: readonly MenuItem[]
  className?: string | undefined
}

const { Overlay: MenuItems, preload } = lazyOverlay(() => import('./MenuItems'), msg`The menu could not be loaded.`)

export const preloadMenus = preload

/** A button that opens a menu. */
export function Menu({ icon, label, count = 0, items, className }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || isOpen) return
    event.preventDefault()
    setOpen(true)
  }
  return (
    <span className={css.place}>
      <IconButton
        ref={button}
        id={id}
        icon={icon}
        label={label}
        count={count}
        className={className ?? ''}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
      />
      {isOpen && <MenuItems labelId={id} button={button} items={items} onClose={() => setOpen(false)} />}
    </span>
  )
}
