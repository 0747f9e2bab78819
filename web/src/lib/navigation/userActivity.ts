const ACTIVITIES = ['wheel', 'touchmove', 'keydown', 'pointerdown']

/** Calls back once, when the user first scrolls, points or types. Returns a function that stops listening. */
export function onFirstActivity(onActivity: () => void): () => void {
  const watch = new AbortController()
  for (const type of ACTIVITIES) {
    addEventListener(
      type,
      () => {
        watch.abort()
        onActivity()
      },
      { passive: true, signal: watch.signal },
    )
  }
  return () => watch.abort()
}
