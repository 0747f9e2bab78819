import type { JSX, MouseEvent, ReactNode } from 'react'

import { Arriving } from '@/feed/FeedUpdates'
import { Composer } from '@/posts/composer/Composer'
import { useSession } from '@/session/session'
import { SessionEnd } from '@/auth/EndedSessionRedirect'

import { Aside } from './Aside'
import { Connection } from './ConnectionBanner'
import { Navigation } from './Navigation'
import css from './Shell.module.css'
import { Shortcuts } from './KeyboardShortcuts'
import { useFocusKept } from './useFocusRecovery'
import { useKeptPlaces } from '@/lib/navigation/useScrollPosition'

/** What stands around every page: the ways to go at the left (on phones: at the foot), and at the right whom to find. */
export function Shell({ children }: { children: ReactNode }): JSX.Element {
  useKeptPlaces()
  useFocusKept()
  const isSignedIn = useSession() !== null
  return (
    <div className={css.frame}>
      <div className={css.shell}>
        <a href="#main" className={css.skip} onClick={skip}>
          Skip to the page
        </a>
        <Navigation />
        <main id="main" className={css.main} tabIndex={-1}>
          <Connection />
          {children}
        </main>
        <Aside />
        <SessionEnd />
        {isSignedIn && <Arriving />}
        <Composer />
        <Shortcuts />
      </div>
    </div>
  )
}

/** As the link would, without an entry in the history. */
function skip(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
