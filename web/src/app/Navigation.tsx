import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link, NavLink } from 'react-router'

import { formatUnread, unreadNotifications } from '@/api/unreadNotifications'
import { useViewer } from '@/api/useViewer'
import { useStore } from '@/lib/store'
import { openComposer } from '@/posts/drafts/composerState'
import { useHasDraft } from '@/posts/drafts/useDrafts'
import { useSession } from '@/session/session'
import { Avatar } from '@/ui/Avatar'
import { Handle } from '@/ui/Handle'
import { Icon, type IconName } from '@/ui/Icon'
import { Name } from '@/ui/Name'
import { Wordmark } from '@/ui/Wordmark'

import css from './Navigation.module.css'

export function Navigation(): JSX.Element {
  const session = useSession()
  return (
    <nav className={css.nav} aria-label={t`Main`}>
      <Link to="/" className={css.brand} aria-label={t`Tweeter, home`}>
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
        <NavigationItem to="/" icon="home" name={t`Home`} />
        <NavigationItem to="/explore" icon="search" name={t`Explore`} />
        <li className={css.composeItem}>
          <ComposeButton />
        </li>
        <NotificationsItem />
        <NavigationItem to="/bookmarks" icon="bookmark" name={t`Bookmarks`} className={css.rare} />
        <NavigationItem to={`/@${alias}`} icon="person" name={t`Profile`} />
        <NavigationItem to="/settings" icon="settings" name={t`Settings`} />
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
      aria-label={hasDraft ? t`Write a post (draft saved)` : t`Write a post`}
      title={t`Write a post (n)`}
      data-draft={hasDraft || undefined}
    >
      <Icon name="write" />
      <span className={css.name}>
        <Trans context="verb">Post</Trans>
      </span>
    </button>
  )
}

function GuestLinks(): JSX.Element {
  return (
    <ul className={css.items}>
      <NavigationItem to="/" icon="home" name={t`Welcome`} />
      <NavigationItem to="/explore" icon="search" name={t`Explore`} />
      <NavigationItem to="/login" icon="person" name={t`Sign in`} />
    </ul>
  )
}

interface NavigationItemProps {
  to: string
  icon: IconName
  name: string
  className?: string | undefined
  /** How many things wait there, and the name that says so. */
  badge?: { text: string; label: string } | undefined
}

function NotificationsItem(): JSX.Element {
  const unread = useStore(unreadNotifications)
  const count = formatUnread(unread)
  const badge = unread > 0 ? { text: count, label: t`Notifications (${count} unread)` } : undefined
  return <NavigationItem to="/notifications" icon="bell" name={t`Notifications`} badge={badge} />
}

function NavigationItem({ to, icon, name, className, badge }: NavigationItemProps): JSX.Element {
  return (
    <li className={className}>
      <NavLink to={to} end className={css.item ?? ''}>
        <span className={css.icon}>
          <Icon name={icon} size={24} />
          {badge && (
            <span className={css.badge} aria-hidden>
              {badge.text}
            </span>
          )}
        </span>
        <span className={css.name} aria-hidden={Boolean(badge)}>
          {name}
        </span>
        {badge && <span className="visually-hidden">{badge.label}</span>}
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
        <span className={css.alias}>
          <Handle alias={viewer.alias} />
        </span>
      </span>
    </Link>
  )
}
