import { type FocusEvent, type JSX, useLayoutEffect, useRef, useState } from 'react'

import { useStore } from '@/lib/store'
import { Button } from '@/ui/Button'

import { expanded, setExpanded } from './expandedPosts'
import css from './PostText.module.css'
import { PostText, type Segment } from './PostText'

interface ClampedTextProps {
  /** The post's, or the key of one that is not out. */
  id: string
  segments: readonly Segment[]
  dir?: 'auto' | 'ltr' | 'rtl'
}

/** A post's text in a list: a tall one is cut, and a button shows the rest. */
export function ClampedText({ id, segments, dir = 'auto' }: ClampedTextProps): JSX.Element {
  const text = useRef<HTMLParagraphElement>(null)
  const isExpanded = useStore(expanded).has(id)
  const [isTall, setTall] = useState(false)
  useLayoutEffect(() => {
    const element = text.current
    if (!element || isExpanded) return
    const measure = (): void => setTall(heightOf(element) > element.clientHeight + 1)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isExpanded, segments])
  const isCut = isTall && !isExpanded
  /** The focus may not be on a link that is cut away. */
  const reveal = ({ target, currentTarget }: FocusEvent): void => {
    if (isCut && target.getBoundingClientRect().bottom > currentTarget.getBoundingClientRect().bottom)
      setExpanded(id, true)
  }
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears of the focus of its links */}
      <p
        ref={text}
        className={`${css.text} ${isExpanded ? '' : css.clamped}`}
        id={`${id}-text`}
        dir={dir}
        data-cut={isCut || undefined}
        onFocus={reveal}
      >
        <PostText segments={segments} />
      </p>
      {(isTall || isExpanded) && (
        <Button
          look="quiet"
          size="s"
          className={css.more}
          aria-expanded={isExpanded}
          aria-controls={`${id}-text`}
          onClick={() => setExpanded(id, !isExpanded)}
        >
          {isExpanded ? 'Show less' : 'Show more'}
        </Button>
      )}
    </>
  )
}

/** Of all its lines, also of those that are cut. */
function heightOf(element: HTMLElement): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().height
}
