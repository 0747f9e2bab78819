/** Returns the rows of a list that are in the document. Their index in the list is in `data-index`. */
export function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-index]')]
}

export function rowAt(list: HTMLElement, index: number): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-index="${index}"]`)
}

/** Returns the index of the row that contains an element. */
export function rowIndexOf(element: Element | null): number | null {
  const index = element?.closest<HTMLElement>('[data-index]')?.dataset['index']
  return index === undefined ? null : Number(index)
}

/** Returns the bottom edge of the page's title bar, in px from the top of the window. */
export function contentTop(): number {
  return document.querySelector('[data-bar]')?.getBoundingClientRect().bottom ?? 0
}

/** Returns the index of the first row that is in the window, below the title bar. */
export function firstVisibleRow(list: HTMLElement): number | null {
  const edge = contentTop()
  const visible = rowsOf(list).find((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return bottom > edge && top < innerHeight
  })
  return visible ? rowIndexOf(visible) : null
}
