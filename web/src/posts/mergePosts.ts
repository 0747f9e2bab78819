interface Dated {
  id: string
  createdAt: string
}

/** Merges two lists without duplicates, newest first. */
export function mergePosts<T extends Dated>(some: readonly T[], others: readonly T[]): T[] {
  if (some.length === 0) return [...others]
  const ids = new Set(some.map(({ id }) => id))
  const all = [...some, ...others.filter(({ id }) => !ids.has(id))]
  return all.sort((one, other) => other.createdAt.localeCompare(one.createdAt))
}
