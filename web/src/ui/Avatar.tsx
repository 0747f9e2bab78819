import type { JSX } from 'react'

import { graphql, unmask, type FragmentType } from '@/gql'

import css from './Avatar.module.css'
import { initialsOf, tintOf } from './initials'
import { inRem } from './rem'

export const AvatarOf = graphql(`
  fragment AvatarOf on User {
    alias
    firstName
    lastName
    imageUrl
  }
`)

/** Beside the account's name, which says what it shows. `size` is in px of a text at its usual size. */
export function Avatar({ user, size = 40 }: { user: FragmentType<typeof AvatarOf>; size?: number }): JSX.Element {
  const { alias, firstName, lastName, imageUrl } = unmask(AvatarOf, user)
  const box = { width: inRem(size), height: inRem(size) }
  if (imageUrl)
    return (
      <img
        className={css.avatar}
        style={box}
        src={imageUrl}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
      />
    )
  return (
    <span className={css.avatar} style={{ ...box, fontSize: inRem(size * 0.4) }} data-tint={tintOf(alias)} aria-hidden>
      {initialsOf(firstName, lastName)}
    </span>
  )
}
