import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { ButtonLink } from '@/ui/Button'
import { Handle } from '@/ui/Handle'
import { Notice } from '@/ui/Notice'

import { FollowPage, PeopleOfUser } from './FollowPage'

const FolloweePages = graphql(`
  query Followees($alias: String!, $after: String) {
    user(alias: $alias) {
      id
      alias
      isViewer
      followees(first: 30, after: $after) {
        ...PeopleOfUser
      }
    }
  }
`)

export function Followees({ alias }: { alias: string }): JSX.Element {
  const pages = usePagedList(FolloweePages, { alias }, (data) => unmask(PeopleOfUser, data.user?.followees))
  const empty = <NoFollowees alias={alias} isViewer={pages.data?.user?.isViewer} />
  return <FollowPage title={t`Followed by @${alias}`} alias={alias} pages={pages} empty={empty} />
}

function NoFollowees({ alias, isViewer = false }: { alias: string; isViewer: boolean | undefined }): JSX.Element {
  if (!isViewer)
    return (
      <Notice title={t`Not following anyone yet`}>
        <Trans>
          People whom <Handle alias={alias} /> follows are listed here, newest first.
        </Trans>
      </Notice>
    )
  const find = (
    <ButtonLink look="strong" to="/explore">
      <Trans>Find people</Trans>
    </ButtonLink>
  )
  return (
    <Notice title={t`You are not following anyone yet`} actions={find}>
      <Trans>Follow someone to see their posts in your feed.</Trans>
    </Notice>
  )
}
