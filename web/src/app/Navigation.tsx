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
      {session ? <MemberLinks alias={session.alias} /> : <GuestLinks />}
    </nav>
  )
}

function MemberLinks({ alias }: { alias: string }): JSX.Element {
  return (
    <>
      <ul className={css.items}>
        <NavigationItem to="/" icon="home" name="Home" />
        <NavigationItem to="/search" icon="search" name="Search" />
        <li className={css.composeItem}>
          <ComposeButton />
        </li>
        <NavigationItem to={`/@${alias}`} icon="person" name="Profile" />
        <NavigationItem to="/settings" icon="settings" name="Settings" />
      </ul>
      <AccountLink />
    </>
  )
}

function ComposeButton(): JSX.Element {
  const hasDraft = useHasDraft()
  return (
    <button
      type="button"
      className={css.compose}
      onClick={openComposer}
      aria-label={hasDraft ? 'Write a post (draft saved)' : 'Write a post'}
      title="Write a post (n)"
      data-draft={hasDraft || undefined}
    >
      <Icon name="write" />
      <span className={css.name}>Post</span>
    </button>
  )
}

function GuestLinks(): JSX.Element {
  return (
    <ul className={css.items}>
      <NavigationItem to="/" icon="home" name="Welcome" />
      <NavigationItem to="/search" icon="search" name="Search" />
      <NavigationItem to="/login" icon="person" name="Sign in" />
    </ul>
  )
}

function NavigationItem({ to, icon, name }: { to: string; icon: IconName; name: string }): JSX.Element {
  return (
    <li>
      <NavLink to={to} end className={css.item ?? ''}>
        <Icon name={icon} size={24} />
        <span className={css.name}>{name}</span>
      </NavLink>
    </li>
  )
}

function AccountLink(): JSX.Element | null {
  const viewer = useViewer()
  if (!viewer) return null
  return (
    <Link to={`/@${viewer.alias}`} className={css.account}>
      <Avatar user={viewer} size={36} />
      <span className={css.name}>
        <Name of={viewer} />
        <span className={css.alias}>@{viewer.alias}</span>
      </span>
    </Link>
  )
}
