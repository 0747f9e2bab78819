const DISTURBANCES = ['wheel', 'touchmove', 'keydown', 'pointerdown']

/** Calls back once, when the user scrolls, points or types. Returns a function that stops listening. */
export function whileUndisturbed(disturbed: () => void): () => void {
  const watch = new AbortController()
  for (const type of DISTURBANCES) {
    addEventListener(
      type,
      () => {
        watch.abort()
        disturbed()
      },
      { passive: true, signal: watch.signal },
    )
  }
  return () => watch.abort()
}
