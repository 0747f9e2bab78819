import type { JSX } from 'react'
import { Link, NavLink } from 'react-router'

import { useViewer } from '@/api/useViewer'
import { openComposer } from '@/posts/drafts/composerState'
import { useHasDraft } from '@/posts/drafts/useDrafts'
import { useSession } from '@/session/session'
import { Avatar } from '@/ui/Avatar'
import { Icon, type IconName } from '@/ui/Icon'
import { Name } from '@/ui/Name'
import { Wordmark } from '@/ui/Wordmark'

import css from './Navigation.module.css'

export function Navigation(): JSX.Element {
  const session = useSession()
  return (
    <nav className={css.nav} aria-label="Main">
      <Link to="/" className={css.brand} aria-label="Tweeter, home">
        <Wordmark />
      </Link>
      {session ? <Ways alias={session.alias} /> : <WaysIn />}
    </nav>
  )
}

function Ways({ alias }: { alias: string }): JSX.Element {
  return (
    <>
      <ul className={css.ways}>
        <Way to="/" icon="home" name="Home" />
        <Way to="/search" icon="search" name="Search" />
        <li className={css.middle}>
          <Write />
        </li>
        <Way to={`/@${alias}`} icon="person" name="Profile" />
        <Way to="/settings" icon="settings" name="Settings" />
      </ul>
      <Me />
    </>
  )
}

function Write(): JSX.Element {
  const hasDraft = useHasDraft()
  return (
    <button
      type="button"
      className={css.write}
      onClick={openComposer}
      aria-label={hasDraft ? 'Write a post: a draft is kept' : 'Write a post'}
      title="Write a post (n)"
      data-draft={hasDraft || undefined}
    >
      <Icon name="write" />
      <span className={css.name}>Post</span>
    </button>
  )
}

function WaysIn(): JSX.Element {
  return (
    <ul className={css.ways}>
      <Way to="/" icon="home" name="Welcome" />
      <Way to="/search" icon="search" name="Search" />
      <Way to="/login" icon="person" name="Sign in" />
    </ul>
  )
}

function Way({ to, icon, name }: { to: string; icon: IconName; name: string }): JSX.Element {
  return (
    <li>
      <NavLink to={to} end className={css.way ?? ''}>
        <Icon name={icon} size={24} />
        <span className={css.name}>{name}</span>
      </NavLink>
    </li>
  )
}

function Me(): JSX.Element | null {
  const viewer = useViewer()
  if (!viewer) return null
  return (
    <Link to={`/@${viewer.alias}`} className={css.me}>
      <Avatar user={viewer} size={36} />
      <span className={css.name}>
        <Name of={viewer} />
        <span className={css.alias}>@{viewer.alias}</span>
      </span>
    </Link>
  )
}
