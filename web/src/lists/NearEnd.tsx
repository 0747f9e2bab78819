import { type JSX, useEffect, useEffectEvent, useRef } from 'react'

const NEAR = '1500px'

/** Calls back once when the window is scrolled near to it. */
export function NearEnd({ onNear }: { onNear: () => void }): JSX.Element {
  const mark = useRef<HTMLDivElement>(null)
  const near = useEffectEvent(onNear)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && near(), { rootMargin: NEAR })
    if (mark.current) observer.observe(mark.current)
    return () => observer.disconnect()
  }, [])
  return <div ref={mark} />
}
