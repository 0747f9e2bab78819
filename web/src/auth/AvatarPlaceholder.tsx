import type { JSX } from 'react'

import { Icon } from '@/ui/Icon'

import css from './AvatarPlaceholder.module.css'

/** Shown in place of a picture while a new account has neither picture nor name. */
export function AvatarPlaceholder(): JSX.Element {
  return (
    <span className={css.placeholder}>
      <Icon name="person" size={36} />
    </span>
  )
}
