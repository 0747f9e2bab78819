/** The rows of a list that are in the document. Each has its place in the list, from 0, in `data-place`. */
export function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-place]')]
}

export function rowAt(list: HTMLElement, place: number): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-place="${place}"]`)
}

/** The place of the row that an element belongs to. */
export function rowOf(element: Element | null): number | null {
  const place = element?.closest<HTMLElement>('[data-place]')?.dataset['place']
  return place === undefined ? null : Number(place)
}

/** Where the page below its bar begins, in px below the window's top. */
export function barEdge(): number {
  return document.querySelector('[data-bar]')?.getBoundingClientRect().bottom ?? 0
}
