import { plural, t } from '@lingui/core/macro'
import { type JSX, type RefObject, useLayoutEffect, useRef } from 'react'

import { Avatar } from '@/ui/Avatar'
import { Name } from '@/ui/Name'

import { placeOfCharacter } from './caretPlace'
import type { CompletionItem } from './completionItems'
import css from './CompletionList.module.css'

export { findItems } from './completionItems'

const GAP_PX = 4
const MARGIN_PX = 8

interface CompletionListProps {
  id: string
  box: RefObject<HTMLTextAreaElement | null>
  /** The index in the text at which the list stands. */
  from: number
  items: readonly CompletionItem[]
  active: number
  onChoose: (item: CompletionItem) => void
}

/** The suggestions at the caret of a text box, which keeps the focus. */
export default function CompletionList({ id, box, from, items, active, onChoose }: CompletionListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (list.current && box.current) place(list.current, placeOfCharacter(box.current, from))
  }, [box, from, items])
  const count = items.length
  return (
    <>
      <div ref={list} id={id} role="listbox" aria-label={t`Suggestions`} className={css.list}>
        {items.map((item, index) => (
          // The keys are handled by the text box.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={item.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={css.item}
            onMouseDown={(event) => event.preventDefault()} // keeps the focus in the text box
            onClick={() => onChoose(item)}
          >
            {item.person && (
              <>
                <Avatar user={item.person} size={28} />
                <Name of={item.person} className={css.name} />
              </>
            )}
            <bdi dir={item.person ? 'ltr' : undefined} className={item.person ? css.alias : css.name}>
              {item.text}
            </bdi>
          </div>
        ))}
      </div>
      <p role="status" className="visually-hidden">
        {plural(count, {
          one: '# suggestion. Choose with the arrow keys and Enter.',
          other: '# suggestions. Choose with the arrow keys and Enter.',
        })}
      </p>
    </>
  )
}

/** Places the list below the character, or above it if there is no room, and within the window. */
function place(list: HTMLElement, character: DOMRect): void {
  list.style.translate = 'none'
  const { left, top, width, height } = list.getBoundingClientRect()
  const bottom = visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight
  const below = character.bottom + GAP_PX
  const y = below + height <= bottom ? below : Math.max(MARGIN_PX, character.top - GAP_PX - height)
  const page = document.documentElement.getBoundingClientRect() // without the place of the scroll bar
  const x = Math.max(page.left + MARGIN_PX, Math.min(character.left, page.right - MARGIN_PX - width))
  list.style.translate = [x - left, y - top].map((offset) => `${offset}px`).join(' ')
}
