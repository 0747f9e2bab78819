/** The locale of all dates and numbers: the interface is in English. */
export const LOCALE = 'en'
