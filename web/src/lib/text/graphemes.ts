/** Cuts text into the characters that people see. They are the same in every language. */
export const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
