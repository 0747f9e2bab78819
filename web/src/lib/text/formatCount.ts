import { LOCALE } from './locale'

const exact = new Intl.NumberFormat(LOCALE)
const rough = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 })

/** Formats a number in full below 10,000 (9,999), and shortened from there on (12.3K). */
export function formatCount(number: number): string {
  return (number < 10_000 ? exact : rough).format(number)
}
