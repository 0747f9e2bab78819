import { type JSX, useEffect, useEffectEvent, useRef } from 'react'

const NEAR = '1500px'

/** Calls back once when the window is scrolled near to it. */
export function NearEnd({ onNear }: { onNear: () => void }): JSX.Element {
  const mark = useRef<HTMLDivElement>(null)
  const near = useEffectEvent(onNear)
  useEffect(() => {
    // A busy page gets several entries in one call. The last one is the newest.
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && near(), {
      rootMargin: NEAR,
    })
    if (mark.current) observer.observe(mark.current)
    return () => observer.disconnect()
  }, [])
  return <div ref={mark} />
}
