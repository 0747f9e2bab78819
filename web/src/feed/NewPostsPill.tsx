import { plural, t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { useStore } from '@/lib/store'
import { Icon } from '@/ui/Icon'

import { newPosts, showNewPosts } from './newPosts'
import css from './NewPostsPill.module.css'

/** Announces new posts. They are added to the feed only when the user asks for them. */
export function NewPostsPill({ reload }: { reload: () => Promise<void> }): JSX.Element {
  const { waiting, areTooMany } = useStore(newPosts)
  const show = (): void => {
    if (areTooMany) void reload()
    else showNewPosts()
    scrollTo({ top: 0 })
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  const count = waiting.length
  return (
    <div className={css.place} aria-live="polite">
      {(count > 0 || areTooMany) && (
        <button type="button" className={css.pill} onClick={show}>
          <Icon name="up" size={16} />
          {areTooMany ? t`Many new posts` : plural(count, { one: '# new post', other: '# new posts' })}
        </button>
      )}
    </div>
  )
}
