import type { JSX } from 'react'

import { graphql, unmask } from '@/gql'
import { usePagedList } from '@/lists/usePagedList'
import { ButtonLink } from '@/ui/Button'
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
  return <FollowPage title={`Followed by @${alias}`} alias={alias} pages={pages} empty={empty} />
}

function NoFollowees({ alias, isViewer = false }: { alias: string; isViewer: boolean | undefined }): JSX.Element {
  if (!isViewer)
    return <Notice title="Not following anyone yet">People whom @{alias} follows are listed here, newest first.</Notice>
  const find = (
    <ButtonLink look="strong" to="/search">
      Find people
    </ButtonLink>
  )
  return (
    <Notice title="You are not following anyone yet" actions={find}>
      Follow someone to see their posts in your feed.
    </Notice>
  )
}
