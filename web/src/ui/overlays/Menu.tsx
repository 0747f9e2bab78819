import { t } from '@lingui/core/macro'
import { type JSX, type KeyboardEvent, lazy, Suspense, useId, useRef, useState } from 'react'

import { createStore, useStore } from '@/lib/store'
import { IconButton } from '@/ui/Button'
import type { IconName } from '@/ui/Icon'

import css from './Menu.module.css'
import type { MenuItem } from './menuTypes'
import { toast } from './toastStore'

interface MenuProps {
  icon: IconName
  label: string
  /** Shown beside the icon, unless it is 0. */
  count?: number
  items: readonly MenuItem[]
  className?: string | undefined
}

const loadItems = () => import('./MenuItems')
const MenuItems = lazy(loadItems)

/** Whether the code of the items is loaded. That happens when the browser is idle or the first menu is opened. */
const isLoaded = createStore(false)

export async function loadMenus(): Promise<void> {
  await loadItems()
  isLoaded.set(true)
}

/** A button that opens a menu. */
export function Menu({ icon, label, count = 0, items, className }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const canShow = useStore(isLoaded)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const open = (): void => {
    setOpen(true)
    if (canShow) return
    loadMenus().catch(() => {
      setOpen(false)
      toast(t`The menu could not be loaded.`, { isProblem: true })
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || isOpen) return
    event.preventDefault()
    open()
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
        onClick={() => (isOpen ? setOpen(false) : open())}
        onKeyDown={onKeyDown}
      />
      {isOpen && canShow && (
        <Suspense fallback={null}>
          <MenuItems labelId={id} button={button} items={items} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  )
}
