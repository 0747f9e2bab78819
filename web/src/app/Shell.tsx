import { Trans } from '@lingui/react/macro'
import type { JSX, MouseEvent, ReactNode } from 'react'

import { EndedSessionRedirect } from '@/auth/EndedSessionRedirect'
import { FeedUpdates } from '@/feed/FeedUpdates'
import { useScrollRestoration } from '@/lib/navigation/useScrollPosition'
import { Composer } from '@/posts/composer/Composer'
import { useSession } from '@/session/session'

import { Aside } from './Aside'
import { ConnectionBanner } from './ConnectionBanner'
import { KeyboardShortcuts } from './KeyboardShortcuts'
import { Navigation } from './Navigation'
import { NotificationUpdates } from './NotificationUpdates'
import css from './Shell.module.css'
import { useFocusRecovery } from './useFocusRecovery'

/** The frame of every page: navigation at the left (at the bottom on phones), the page, and search at the right. */
export function Shell({ children }: { children: ReactNode }): JSX.Element {
  useScrollRestoration()
  useFocusRecovery()
  const isSignedIn = useSession() !== null
  return (
    <div className={css.frame}>
      <div className={css.shell}>
        <a href="#main" className={css.skip} onClick={skip}>
          <Trans>Skip to content</Trans>
        </a>
        <Navigation />
        <main id="main" className={css.main} tabIndex={-1}>
          <ConnectionBanner />
          {children}
        </main>
        <Aside />
        <EndedSessionRedirect />
        {isSignedIn && <FeedUpdates />}
        {isSignedIn && <NotificationUpdates />}
        <Composer />
        <KeyboardShortcuts />
      </div>
    </div>
  )
}

/** Follows the link without adding a history entry. */
function skip(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
