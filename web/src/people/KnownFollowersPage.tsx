import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { ButtonLink } from '@/ui/Button'
import { Handle } from '@/ui/Handle'
import { Notice } from '@/ui/Notice'

import { FollowPage } from './FollowPage'

const KnownFollowerPages = graphql(`
  query KnownFollowers($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      alias
      knownFollowers(first: 30, after: $after) {
        edges {
          cursor
          node {
            id
            ...PersonCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

/** The page of the followers of an account whom the viewer follows. */
export function KnownFollowersPage({ alias }: { alias: string }): JSX.Element {
  const pages = usePagedList(KnownFollowerPages, { alias }, (data) => data.user?.knownFollowers)
  useRefreshOnVisit(pages)
  const all = (
    <ButtonLink to={`/@${alias}/followers`}>
      <Trans>All followers</Trans>
    </ButtonLink>
  )
  const empty = (
    <Notice title={t`You follow none of the followers`} actions={all}>
      <Trans>
        Followers of <Handle alias={alias} /> whom you follow are listed here.
      </Trans>
    </Notice>
  )
  return <FollowPage title={t`Followers of @${alias} you follow`} alias={alias} pages={pages} empty={empty} />
}
