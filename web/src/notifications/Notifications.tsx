import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useSearchParams } from 'react-router'

import { formatUnread, unreadNotifications } from '@/api/unreadNotifications'
import type { NotificationKind } from '@/gql/graphql'
import { useStore } from '@/lib/store'
import { EndlessList } from '@/lists/EndlessList'
import { ListFoot } from '@/lists/ListFoot'
import { isEmptyList, usePagedList } from '@/lists/usePagedList'
import { useRefreshOnVisit } from '@/lists/useRefreshOnVisit'
import { Page } from '@/page/Page'
import { Notice } from '@/ui/Notice'
import { Pill } from '@/ui/Pill'
import { Tabs } from '@/ui/Tabs'

import { NotificationPages } from './NotificationPages'
import { NotificationRow } from './NotificationRow'
import { useMarkRead } from './useMarkRead'

const MENTIONS: NotificationKind[] = ['MENTION', 'REPLY', 'QUOTE']

/** What others have done about the viewer. */
export default function Notifications(): JSX.Element {
  const [parameters] = useSearchParams()
  const areMentions = parameters.get('show') === 'mentions'
  const tabs = [
    { name: t`All`, to: '?', isCurrent: !areMentions },
    { name: t`Mentions`, to: '?show=mentions', isCurrent: areMentions },
  ]
  return (
    <Page title={t`Notifications`}>
      <Tabs label={t`Kinds of notifications`} tabs={tabs} />
      <NotificationList key={String(areMentions)} areMentions={areMentions} />
    </Page>
  )
}

function NotificationList({ areMentions }: { areMentions: boolean }): JSX.Element {
  const pages = usePagedList(NotificationPages, { kinds: areMentions ? MENTIONS : null }, (data) => data.notifications)
  useRefreshOnVisit(pages)
  // A marker is of all kinds, so a list of some kinds marks nothing.
  useMarkRead(areMentions ? undefined : pages.data?.notifications.readMarker)
  const unread = useStore(unreadNotifications)
  const label = areMentions ? t`Mentions` : t`Notifications`
  const empty = areMentions ? (
    <Notice title={t`No mentions yet`}>
      <Trans>Posts that mention, answer or quote you will appear here.</Trans>
    </Notice>
  ) : (
    <Notice title={t`No notifications yet`}>
      <Trans>What others do with your posts, and who follows you, will appear here.</Trans>
    </Notice>
  )
  const showNew = (): void => {
    void pages.refresh()
    scrollTo({ top: 0 })
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  const count = formatUnread(unread)
  return (
    <>
      <Pill onClick={showNew}>
        {!areMentions &&
          pages.data &&
          !pages.isLoading &&
          unread > 0 &&
          plural(unread, { one: '# new notification', other: `${count} new notifications` })}
      </Pill>
      {isEmptyList(pages.edges, pages) ? (
        empty
      ) : (
        <EndlessList
          label={label}
          items={pages.edges}
          keyOf={({ node }) => node.id}
          row={({ node }, index) => <NotificationRow notification={node} index={index} />}
          pages={pages}
          foot={<ListFoot pages={pages} isFirst={pages.edges.length === 0} label={t`Loading notifications`} />}
        />
      )}
    </>
  )
}
