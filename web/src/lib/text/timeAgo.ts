import { LOCALE } from './locale'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'medium' })
const ofThisYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' })
const ofAnyYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' })

/** Returns `now`, `3m`, `5h`, `2d`, or a date after a week. Clocks differ, so times in the future are `now`. */
export function timeAgo(at: string, now: number): string {
  const then = new Date(at)
  const age = now - then.getTime()
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`
  if (age < DAY) return `${Math.floor(age / HOUR)}h`
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d`
  return then.getFullYear() === new Date(now).getFullYear() ? ofThisYear.format(then) : ofAnyYear.format(then)
}

export function formatDateTime(at: string): string {
  return exact.format(new Date(at))
}
