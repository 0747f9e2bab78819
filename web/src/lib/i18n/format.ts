/** Numbers and dates in the language that is shown. No other file formats them. */

import { i18n } from '@lingui/core'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function formatNumber(number: number): string {
  return i18n.number(number)
}

/** Formats a number in full below 10,000 (9,999), and shortened from there on (12.3K). */
export function formatCount(number: number): string {
  return number < 10_000 ? formatNumber(number) : i18n.number(number, { notation: 'compact', maximumFractionDigits: 1 })
}

/** Returns `now`, `3m`, `5h`, `2d`, or a date after a week. Clocks differ, so times in the future are `now`. */
export function timeAgo(at: string, now: number): string {
  const then = new Date(at)
  const age = now - then.getTime()
  if (age < MINUTE) return new Intl.RelativeTimeFormat(localeOfFormats(), { numeric: 'auto' }).format(0, 'second')
  if (age < HOUR) return inUnits(age / MINUTE, 'minute')
  if (age < DAY) return inUnits(age / HOUR, 'hour')
  if (age < 7 * DAY) return inUnits(age / DAY, 'day')
  const isThisYear = then.getFullYear() === new Date(now).getFullYear()
  return i18n.date(then, { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) })
}

export function formatDateTime(at: string): string {
  return i18n.date(at, { dateStyle: 'full', timeStyle: 'medium' })
}

/** Returns a month and its year. */
export function formatMonth(at: string): string {
  return i18n.date(at, { month: 'long', year: 'numeric' })
}

function inUnits(count: number, unit: 'minute' | 'hour' | 'day'): string {
  return i18n.number(Math.floor(count), { style: 'unit', unit, unitDisplay: 'narrow' })
}

function localeOfFormats(): string {
  return [i18n.locales ?? i18n.locale].flat()[0] ?? 'en'
}
