/* global document */
/* Applies the chosen theme before the first paint. It is a separate file because the Content-Security-Policy forbids inline
   scripts, and a classic script because modules do not block rendering. applyTheme in theme.ts applies later changes. */
try {
  const theme = localStorage.getItem('tweeter.theme')
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme
    document.querySelector('meta[name="color-scheme"]').content = theme
  }
} catch {
  // The browser blocks localStorage: the page follows the system.
}
