import { plural } from '@lingui/core/macro'

export const repliesIn = (count: number): string => plural(count, { one: '# reply', other: '# replies' })
export const repostsIn = (count: number): string => plural(count, { one: '# repost', other: '# reposts' })
export const likesIn = (count: number): string => plural(count, { one: '# like', other: '# likes' })
