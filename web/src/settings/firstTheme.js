/* global document */
/* Applies a chosen theme before the first paint. It is a file, since the Content-Security-Policy admits no inline
   script, and a classic script, since browsers do not wait for modules. applyTheme in theme.ts does the same later. */
try {
  const theme = localStorage.getItem('tweeter.theme')
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme
    document.querySelector('meta[name="color-scheme"]').content = theme
  }
} catch {
  // a browser that keeps nothing follows the system
}
