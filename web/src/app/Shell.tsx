import type { JSX, ReactNode } from 'react'

import { Arriving } from '@/feed/Arriving'
import { Composer } from '@/posts/Composer'
import { useSession } from '@/session/session'
import { SessionEnd } from '@/session/SessionEnd'

import { Aside } from './Aside'
import { Navigation } from './Navigation'
import { useKeptPlaces } from './places'
import css from './Shell.module.css'
import { Shortcuts } from './Shortcuts'

/** What stands around every page: the ways to go at the left (on phones: at the foot), and at the right whom to find. */
export function Shell({ children }: { children: ReactNode }): JSX.Element {
  useKeptPlaces()
  const isSignedIn = useSession() !== null
  return (
    <div className={css.shell}>
      <a href="#main" className={css.skip}>
        Skip to the page
      </a>
      <Navigation />
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <Aside />
      <SessionEnd />
      {isSignedIn && <Arriving />}
      <Composer />
      <Shortcuts />
    </div>
  )
}
