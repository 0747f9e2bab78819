import { Content, Item, Portal, Root, Trigger } from '@radix-ui/react-dropdown-menu'
import { type FocusEvent, type JSX, useRef } from 'react'

import { language } from '@/lib/i18n/language'
import { directionOf } from '@/lib/i18n/languages'
import { useStore } from '@/lib/store'
import { Icon } from '@/ui/Icon'

import css from './Menu.module.css'
import type { MenuItem, MenuItemsProps } from './menuTypes'

/**
 * The items of an open menu. The library's own trigger is an invisible box over the button, because the button is there
 * before the library is loaded. The menu is not modal: a modal one sets styles that the Content-Security-Policy blocks.
 */
export default function MenuItems({ labelId, button, items, onClose }: MenuItemsProps): JSX.Element {
  const direction = directionOf(useStore(language))
  const chosen = useRef<MenuItem>(null)
  const isLeft = useRef(false)
  const isEntered = useRef(false)
  /** Focuses the first item. The library does so only if it was there when a key opened the menu. */
  const enter = ({ target, currentTarget }: FocusEvent): void => {
    if (isEntered.current || target !== currentTarget) return
    isEntered.current = true
    currentTarget.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true })
  }
  /** Called after the menu is removed. */
  const leave = (event: Event): void => {
    event.preventDefault()
    if (!isLeft.current) button.current?.focus({ preventScroll: true })
    chosen.current?.act()
  }
  return (
    <Root dir={direction} open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Trigger asChild>
        <span className={css.anchor} aria-hidden tabIndex={-1} />
      </Trigger>
      {/* Inside of a landmark, so that screen readers list the menu as a part of the page. */}
      <Portal container={document.getElementById('main')}>
        <Content
          className={css.menu}
          aria-labelledby={labelId}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          loop
          onFocus={enter}
          onCloseAutoFocus={leave}
          onInteractOutside={(event) => {
            const { target } = event
            // The button's own click closes the menu. Otherwise it would close it here and open it again.
            if (target instanceof Node && button.current?.contains(target)) event.preventDefault()
            else isLeft.current = true
          }}
        >
          {items.map((item) => (
            <Item
              key={item.label}
              className={css.item}
              data-danger={item.isDanger || undefined}
              onSelect={() => {
                chosen.current = item
              }}
            >
              {item.icon && <Icon name={item.icon} size={18} />}
              {item.label}
            </Item>
          ))}
        </Content>
      </Portal>
    </Root>
  )
}
