import { Trans } from '@lingui/react/macro'
import { type FocusEvent, type JSX, useLayoutEffect, useRef, useState } from 'react'

import { useStore } from '@/lib/store'
import { Button } from '@/ui/Button'

import { expandedPosts, setExpanded } from './expandedPosts'
import { PostText, type Segment } from './PostText'
import css from './PostText.module.css'

interface ClampedTextProps {
  /** The id of the post, or the key of an unsent post. */
  id: string
  /** The id of the row, if it differs. */
  row?: string | undefined
  segments: readonly Segment[]
  dir?: 'auto' | 'ltr' | 'rtl'
}

/** The text of a post in a list. A long text is cut off, with a button that shows the rest. */
export function ClampedText({ id, row = id, segments, dir = 'auto' }: ClampedTextProps): JSX.Element {
  const text = useRef<HTMLParagraphElement>(null)
  const isExpanded = useStore(expandedPosts).has(id)
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
  /** Expands the text if a link in its hidden part gets the focus. */
  const reveal = ({ target, currentTarget }: FocusEvent): void => {
    if (isCut && target.getBoundingClientRect().bottom > currentTarget.getBoundingClientRect().bottom)
      setExpanded(id, true)
  }
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it handles the focus events of its links */}
      <p
        ref={text}
        className={`${css.text} ${isExpanded ? '' : css.clamped}`}
        id={`${row}-text`}
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
          aria-controls={`${row}-text`}
          onClick={() => setExpanded(id, !isExpanded)}
        >
          {isExpanded ? <Trans>Show less</Trans> : <Trans>Show more</Trans>}
        </Button>
      )}
    </>
  )
}

/** Returns the height of the whole text, including its hidden lines. */
function heightOf(element: HTMLElement): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().height
}
