import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { Post } from '@/posts/card/Post'
import { Icon, type IconName } from '@/ui/Icon'

import { GroupRow } from './GroupRow'
import type { Notification } from './NotificationPages'
import css from './notifications.module.css'

type PostNotification = Extract<
  Notification,
  { __typename: 'MentionNotification' | 'ReplyNotification' | 'QuoteNotification' }
>

const REASONS: Record<PostNotification['__typename'], [IconName, MessageDescriptor]> = {
  MentionNotification: ['person', msg`Mentioned you`],
  ReplyNotification: ['reply', msg`Answered you`],
  QuoteNotification: ['quote', msg`Quoted you`],
}

interface NotificationRowProps {
  notification: Notification
  index: number
}

/** A notification: a post about the viewer, or a group of accounts who have done the same. */
export function NotificationRow({ notification, index }: NotificationRowProps): JSX.Element {
  const { isUnread } = notification
  return (
    <div className={css.row} data-unread={isUnread || undefined}>
      {isUnread && (
        <span className="visually-hidden">
          <Trans>Unread</Trans>
        </span>
      )}
      {'count' in notification ? (
        <GroupRow group={notification} index={index} />
      ) : (
        <PostRow notification={notification} index={index} />
      )}
    </div>
  )
}

function PostRow({ notification, index }: { notification: PostNotification; index: number }): JSX.Element {
  const { __typename, id, post } = notification
  const [icon, reason] = REASONS[__typename]
  return (
    <>
      <p className={css.reason}>
        <Icon name={icon} size={14} />
        {i18n._(reason)}
      </p>
      <Post post={post} row={id} index={index} />
    </>
  )
}
