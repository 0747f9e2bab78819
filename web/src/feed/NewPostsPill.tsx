import type { JSX } from 'react'

import { useStore } from '@/lib/store'
import { Icon } from '@/ui/Icon'

import { arrivals, showWaiting } from './newPosts'
import css from './NewPostsPill.module.css'

/** Says that posts have come; they are put on top when they are asked for, and never before. */
export function NewPosts({ renew }: { renew: () => Promise<void> }): JSX.Element {
  const { waiting, areTooMany } = useStore(arrivals)
  const show = (): void => {
    if (areTooMany) void renew()
    else showWaiting()
    scrollTo({ top: 0 })
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  const count = waiting.length
  return (
    <div className={css.place} aria-live="polite">
      {(count > 0 || areTooMany) && (
        <button type="button" className={css.pill} onClick={show}>
          <Icon name="up" size={16} />
          {areTooMany ? 'Many new posts' : count === 1 ? '1 new post' : `${count} new posts`}
        </button>
      )}
    </div>
  )
}
