interface Suggested {
  id: string
  followedByViewer: boolean
  mutedByViewer: boolean
  blockedByViewer: boolean
  blocksViewer: boolean
}

/** Returns the ids of the accounts that the viewer follows. */
export function followedOf(people: readonly Suggested[]): ReadonlySet<string> {
  return new Set(people.filter(({ followedByViewer }) => followedByViewer).map(({ id }) => id))
}

/** Returns the suggestions to show. `followed` were followed when the list came; an account that is followed later stays. */
export function shownSuggestions<T extends Suggested>(all: readonly T[], followed: ReadonlySet<string>): T[] {
  return all.filter(
    ({ id, mutedByViewer, blockedByViewer, blocksViewer }) =>
      !followed.has(id) && !mutedByViewer && !blockedByViewer && !blocksViewer,
  )
}
