import { createStore } from '@/lib/store'

/** The ids of long posts that the user has expanded. A row that is scrolled away is unmounted and loses its own state. */
export const expandedPosts = createStore<ReadonlySet<string>>(new Set())

export function setExpanded(id: string, isExpanded: boolean): void {
  const ids = new Set(expandedPosts.get())
  if (isExpanded) ids.add(id)
  else ids.delete(id)
  expandedPosts.set(ids)
}
