import { plural } from '@lingui/core/macro'

import { formatCount } from '@/lib/i18n/format'

/** The functions below name a count. They write it as the buttons do, because a name must contain what is seen. */

export function repliesIn(count: number): string {
  const number = formatCount(count)
  return plural(count, { one: '# reply', other: `${number} replies` })
}

export function repostsIn(count: number): string {
  const number = formatCount(count)
  return plural(count, { one: '# repost', other: `${number} reposts` })
}

export function likesIn(count: number): string {
  const number = formatCount(count)
  return plural(count, { one: '# like', other: `${number} likes` })
}
