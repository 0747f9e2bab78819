import type { JSX } from 'react'

import { Icon } from '@/ui/Icon'

import css from './AvatarPlaceholder.module.css'

/** The place of a picture, of somebody who has no name yet. */
export function Nobody(): JSX.Element {
  return (
    <span className={css.nobody}>
      <Icon name="person" size={36} />
    </span>
  )
}
