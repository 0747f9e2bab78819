import { expect, test } from 'vitest'

import { followedOf, shownSuggestions } from './shownSuggestions'

type Flag = 'followedByViewer' | 'mutedByViewer' | 'blockedByViewer' | 'blocksViewer'

const FLAGS = { followedByViewer: false, mutedByViewer: false, blockedByViewer: false, blocksViewer: false }
const person = (id: string, ...flags: Flag[]) => ({
  id,
  ...FLAGS,
  ...Object.fromEntries(flags.map((flag) => [flag, true])),
})

test('an account that was followed before is not suggested, and one that is followed meanwhile stays', () => {
  const before = [person('ann', 'followedByViewer'), person('bob'), person('eve')]
  const after = [person('ann', 'followedByViewer'), person('bob', 'followedByViewer'), person('eve')]
  expect(shownSuggestions(after, followedOf(before)).map(({ id }) => id)).toEqual(['bob', 'eve'])
})

test.each<Flag>(['mutedByViewer', 'blockedByViewer', 'blocksViewer'])('an account with %s vanishes', (flag) => {
  expect(shownSuggestions([person('ann', flag), person('bob')], new Set())).toEqual([person('bob')])
})
