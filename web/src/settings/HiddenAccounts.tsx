import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { describeError } from '@/api/errors'
import { type FragmentType, graphql, unmask } from '@/gql'
import { formatDateTime } from '@/lib/i18n/format'
import { type PagedList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { useRelations } from '@/people/relations/useRelations'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Handle } from '@/ui/Handle'
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
  return <Accounts title={t`Muted accounts`} kind="muted" pages={pages} />
}

export function BlockedAccounts(): JSX.Element {
  const pages = usePagedList(BlockedPages, {}, (data) => data.blockedUsers)
  return <Accounts title={t`Blocked accounts`} kind="blocked" pages={pages} />
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
      {shown.length === 0 && !isLoading && !problem && (
        <p>
          {kind === 'muted' ? (
            <Trans>There are no muted accounts.</Trans>
          ) : (
            <Trans>There are no blocked accounts.</Trans>
          )}
        </p>
      )}
      {shown.length > 0 && (
        <ul className={css.accounts}>
          {shown.map((user) => (
            <li key={user.id}>
              <Avatar user={user} size={36} />
              <Link to={`/@${user.alias}`} className={css.who}>
                <Name of={user} className={css.name} />
                <span className={css.alias}>
                  <HandleUntil alias={user.alias} mutedUntil={kind === 'muted' ? user.mutedUntil : null} />
                </span>
              </Link>
              <ReleaseButton user={user} kind={kind} />
            </li>
          ))}
        </ul>
      )}
      {hasMore && (
        <Button isBusy={isLoading} onClick={loadMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Section>
  )
}

function HandleUntil({ alias, mutedUntil }: { alias: string; mutedUntil: string | null | undefined }): JSX.Element {
  if (!mutedUntil) return <Handle alias={alias} />
  const until = formatDateTime(mutedUntil)
  return (
    <Trans>
      <Handle alias={alias} /> until {until}
    </Trans>
  )
}

function ReleaseButton({ user, kind }: { user: { id: string; alias: string }; kind: Kind }): JSX.Element {
  const { mute, block } = useRelations(user)
  const { alias } = user
  return (
    <Button
      size="s"
      aria-label={kind === 'muted' ? t`Unmute @${alias}` : t`Unblock @${alias}`}
      onClick={() => (kind === 'muted' ? mute('off') : block(false))}
    >
      {kind === 'muted' ? <Trans>Unmute</Trans> : <Trans>Unblock</Trans>}
    </Button>
  )
}
