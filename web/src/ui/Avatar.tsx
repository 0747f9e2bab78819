import type { JSX } from 'react'

import { graphql, unmask, type FragmentType } from '@/gql'

import css from './Avatar.module.css'
import { initialsOf, tintOf } from '@/lib/text/initials'
import { inRem } from '@/lib/rem'

export const AvatarOf = graphql(`
  fragment AvatarOf on User {
    alias
    firstName
    lastName
    imageUrl
    imageSrcset
  }
`)

const ON_FIRST_SCREEN = 8 // rows of a list

interface AvatarProps {
  user: FragmentType<typeof AvatarOf>
  /** In px of a text at its usual size. */
  size?: number
  /** In a list, from 0: far down it, the picture is loaded when it comes near the window. */
  place?: number
}

/** Beside the account's name, which says what it shows. */
export function Avatar({ user, size = 40, place = 0 }: AvatarProps): JSX.Element {
  const { alias, firstName, lastName, imageUrl, imageSrcset } = unmask(AvatarOf, user)
  const box = { width: inRem(size), height: inRem(size) }
  if (imageUrl)
    return (
      <img
        className={css.avatar}
        style={box}
        src={imageUrl}
        srcSet={imageSrcset || undefined}
        sizes={`${size}px`}
        alt=""
        width={size}
        height={size}
        loading={place < ON_FIRST_SCREEN ? 'eager' : 'lazy'}
        decoding="async"
      />
    )
  return (
    <span className={css.avatar} style={{ ...box, fontSize: inRem(size * 0.4) }} data-tint={tintOf(alias)} aria-hidden>
      {initialsOf(firstName, lastName)}
    </span>
  )
}
