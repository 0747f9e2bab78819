import type { RefObject } from 'react'

import type { IconName } from '@/ui/Icon'

export interface MenuItem {
  label: string
  icon?: IconName
  isDanger?: boolean
  /** Called after the menu is closed and the focus is back on the button. */
  act: () => void
}

export interface MenuItemsProps {
  /** The id of the button. */
  labelId: string
  button: RefObject<HTMLButtonElement | null>
  items: readonly MenuItem[]
  onClose: () => void
}
