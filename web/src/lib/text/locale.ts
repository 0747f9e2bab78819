/** The locale of all dates and numbers. The user interface is in English. */
export const LOCALE = 'en'
