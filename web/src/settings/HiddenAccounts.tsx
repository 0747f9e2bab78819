import type { JSX } from 'react'
import { Link } from 'react-router'

import { describeError } from '@/api/errors'
import { type FragmentType, graphql, unmask } from '@/gql'
import { formatDateTime } from '@/lib/text/timeAgo'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { useRelations } from '@/people/relations/useRelations'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Name } from '@/ui/Name'
import { LoadError } from '@/ui/Notice'

import css from './HiddenAccounts.module.css'
import { Section } from './Section'

const HiddenAccount = graphql(`
  fragment HiddenAccount on User {
    id
    alias
    firstName
    lastName
    mutedByViewer
    mutedUntil
    blockedByViewer
    ...AvatarOf
  }
`)

const MutedPages = graphql(`
  query MutedUsers($after: String) {
    mutedUsers(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          ...HiddenAccount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const BlockedPages = graphql(`
  query BlockedUsers($after: String) {
    blockedUsers(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          ...HiddenAccount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

type Kind = 'muted' | 'blocked'

export function MutedAccounts(): JSX.Element {
  const pages = usePagedList(MutedPages, {}, (data) => data.mutedUsers)
  return <Accounts title="Muted accounts" kind="muted" pages={pages} />
}

export function BlockedAccounts(): JSX.Element {
  const pages = usePagedList(BlockedPages, {}, (data) => data.blockedUsers)
  return <Accounts title="Blocked accounts" kind="blocked" pages={pages} />
}

interface AccountsProps {
  title: string
  kind: Kind
  pages: PagedList<unknown, { node: FragmentType<typeof HiddenAccount> }>
}

function Accounts({ title, kind, pages }: AccountsProps): JSX.Element {
  useRefreshOnVisit(pages)
  const users = pages.edges.map(({ node }) => unmask(HiddenAccount, node))
  const shown = users.filter((user) => (kind === 'muted' ? user.mutedByViewer : user.blockedByViewer))
  const { problem, isLoading, hasMore, loadMore, retry } = pages
  return (
    <Section title={title}>
      {problem && <LoadError message={describeError(problem)} retry={retry} />}
      {shown.length === 0 && !isLoading && !problem && <p>There are no {kind} accounts.</p>}
      {shown.length > 0 && (
        <ul className={css.accounts}>
          {shown.map((user) => (
            <li key={user.id}>
              <Avatar user={user} size={36} />
              <Link to={`/@${user.alias}`} className={css.who}>
                <Name of={user} className={css.name} />
                <span className={css.alias}>
                  @{user.alias}
                  {kind === 'muted' && user.mutedUntil && ` until ${formatDateTime(user.mutedUntil)}`}
                </span>
              </Link>
              <ReleaseButton user={user} kind={kind} />
            </li>
          ))}
        </ul>
      )}
      {hasMore && (
        <Button isBusy={isLoading} onClick={loadMore}>
          Show more
        </Button>
      )}
    </Section>
  )
}

function ReleaseButton({ user, kind }: { user: { id: string; alias: string }; kind: Kind }): JSX.Element {
  const { mute, block } = useRelations(user)
  const label = kind === 'muted' ? 'Unmute' : 'Unblock'
  return (
    <Button
      size="s"
      aria-label={`${label} @${user.alias}`}
      onClick={() => (kind === 'muted' ? mute('off') : block(false))}
    >
      {label}
    </Button>
  )
}
