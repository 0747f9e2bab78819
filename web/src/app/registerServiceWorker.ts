/** Registers the service worker, which shows a page while the browser is offline. Its file exists in a build alone. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return // browsers have none on insecure origins
  const register = (): void => {
    // A browser that refuses it works without it.
    navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  }
  if (document.readyState === 'complete') register()
  else addEventListener('load', register) // it must not delay the first page
}
