export const THEME_KEY = 'tweeter.theme' // in localStorage
