import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { Handle } from '@/ui/Handle'
import { Notice } from '@/ui/Notice'

import { FollowPage, PeopleOfUser } from './FollowPage'

const FollowerPages = graphql(`
  query Followers($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      alias
      followers(first: 30, after: $after) {
        ...PeopleOfUser
      }
    }
  }
`)

export function Followers({ alias }: { alias: string }): JSX.Element {
  const pages = usePagedList(FollowerPages, { alias }, (data) => unmask(PeopleOfUser, data.user?.followers))
  const empty = (
    <Notice title={t`No followers yet`}>
      <Trans>
        People who follow <Handle alias={alias} /> are listed here, newest first.
      </Trans>
    </Notice>
  )
  return <FollowPage title={t`Followers of @${alias}`} alias={alias} pages={pages} empty={empty} />
}
