const COPIED = [
  ...['boxSizing', 'direction', 'fontFamily', 'fontSize', 'fontStyle', 'fontWeight', 'letterSpacing', 'lineHeight'],
  ...['paddingBlockStart', 'paddingInlineStart', 'paddingInlineEnd', 'textAlign', 'wordSpacing'],
] as const

/** Returns the box of a character of a text area, in px from the corner of the window. Browsers have no API for it. */
export function placeOfCharacter(box: HTMLTextAreaElement, index: number): DOMRect {
  const copy = document.createElement('div')
  const style = getComputedStyle(box)
  for (const name of COPIED) Reflect.set(copy.style, name, Reflect.get(style, name))
  const { top, left } = box.getBoundingClientRect()
  Object.assign(copy.style, {
    ...{ position: 'fixed', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word' },
    ...{ insetBlockStart: '0', insetInlineStart: '0', width: `${box.clientWidth}px` },
  })
  const mark = document.createElement('span')
  mark.textContent = box.value.slice(index, index + 1)
  copy.append(box.value.slice(0, index), mark)
  box.parentElement?.append(copy)
  const origin = copy.getBoundingClientRect()
  const { x, y, width, height } = mark.getBoundingClientRect()
  copy.remove()
  return new DOMRect(x - origin.x + left, y - origin.y + top - box.scrollTop, width, height)
}
