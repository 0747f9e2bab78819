import type { JSX } from 'react'

import { type FragmentType, graphql, unmask } from '@/gql'
import { inRem } from '@/lib/rem'
import { initialsOf, tintOf } from '@/lib/text/initials'

import css from './Avatar.module.css'

export const AvatarOf = graphql(`
  fragment AvatarOf on User {
    alias
    firstName
    lastName
    imageUrl
    imageSrcset
  }
`)

const ROWS_ON_FIRST_SCREEN = 8

interface AvatarProps {
  user: FragmentType<typeof AvatarOf>
  /** In px at the default font size. */
  size?: number
  /** The index in a list. Pictures further down are loaded when they are scrolled near the window. */
  index?: number
}

/** An account's picture, or its initials. It has no alternative text because the name is next to it. */
export function Avatar({ user, size = 40, index = 0 }: AvatarProps): JSX.Element {
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
        loading={index < ROWS_ON_FIRST_SCREEN ? 'eager' : 'lazy'}
        decoding="async"
      />
    )
  return (
    <span className={css.avatar} style={{ ...box, fontSize: inRem(size * 0.4) }} data-tint={tintOf(alias)} aria-hidden>
      {initialsOf(firstName, lastName)}
    </span>
  )
}
