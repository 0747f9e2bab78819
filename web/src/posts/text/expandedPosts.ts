import { createStore } from '@/lib/store'

/** The ids of long posts that the reader has chosen to see whole in lists: rows leave the document and come back. */
export const expanded = createStore<ReadonlySet<string>>(new Set())

export function setExpanded(id: string, isExpanded: boolean): void {
  const ids = new Set(expanded.get())
  if (isExpanded) ids.add(id)
  else ids.delete(id)
  expanded.set(ids)
}
