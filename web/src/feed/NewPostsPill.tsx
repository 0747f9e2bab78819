import { plural, t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { useStore } from '@/lib/store'
import { Pill } from '@/ui/Pill'

import { newPosts, showNewPosts } from './newPosts'
import { moveReadLine } from './reading/readPosition'

/** Announces new posts. They are added to the feed only when the user asks for them. */
export function NewPostsPill({ reload }: { reload: () => Promise<void> }): JSX.Element {
  const { waiting, areTooMany } = useStore(newPosts)
  const show = (): void => {
    if (areTooMany) void reload()
    else {
      moveReadLine()
      showNewPosts()
    }
    scrollTo({ top: 0 })
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  const count = waiting.length
  return (
    <Pill onClick={show}>
      {(count > 0 || areTooMany) &&
        (areTooMany ? t`Many new posts` : plural(count, { one: '# new post', other: '# new posts' }))}
    </Pill>
  )
}
