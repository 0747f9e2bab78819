import { LOCALE } from './locale'

const exact = new Intl.NumberFormat(LOCALE)
const rough = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 })

/** Exact as far as people read digits: 9,999, then 12.3K. */
export function count(number: number): string {
  return (number < 10_000 ? exact : rough).format(number)
}
