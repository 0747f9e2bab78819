import type { JSX } from 'react'

import { inRem } from '@/lib/rem'

import css from './Wordmark.module.css'

/** The logo: the head of a kingfisher. */
export function Mark({ size = 28 }: { size?: number }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width={inRem(size)} height={inRem(size)} aria-hidden>
      <path className={css.head} d="M3 27V15A11 11 0 0 1 14 4h1a8 8 0 0 1 8 8v0c0 8.3-6.7 15-15 15z" />
      <path className={css.beak} d="M23.2 8.5 31 13.3l-8.2 1.5z" />
      <circle className={css.eye} cx="16" cy="11" r="1.7" />
    </svg>
  )
}

export function Wordmark(): JSX.Element {
  return (
    <span className={css.wordmark}>
      <Mark />
      <span className={css.name}>tweeter</span>
    </span>
  )
}
