import { Plural, Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { unmask } from '@/gql'
import type { ActorFragment } from '@/gql/graphql'
import { withoutDirectionControls } from '@/lib/text/displayName'
import { useRowLink } from '@/posts/card/useRowLink'
import { useSession } from '@/session/session'
import { Avatar } from '@/ui/Avatar'
import { Icon, type IconName } from '@/ui/Icon'
import { Name } from '@/ui/Name'
import { Time } from '@/ui/Time'

import { Actor, type Notification, NotifiedPost } from './NotificationPages'
import css from './notifications.module.css'

type Group = Extract<Notification, { count: number }>

const ICONS: Record<Group['__typename'], IconName> = {
  LikeNotification: 'like',
  RepostNotification: 'repost',
  FollowNotification: 'person',
}

/** Accounts who have liked or reposted one post, or begun to follow the viewer. It leads to the post or to the accounts. */
export function GroupRow({ group, index }: { group: Group; index: number }): JSX.Element {
  const alias = useSession()?.alias ?? ''
  const users = unmask(Actor, group.users)
  const post = 'post' in group ? unmask(NotifiedPost, group.post) : null
  const [first] = users
  const profile = group.count === 1 && first ? `/@${first.alias}` : `/@${alias}/followers`
  const opening = useRowLink(post ? `/@${post.author.alias}/posts/${post.id}` : profile)
  const id = `${group.id}-text`
  return (
    <article
      className={css.group}
      data-kind={group.__typename}
      aria-labelledby={id}
      aria-posinset={index + 1}
      aria-setsize={-1}
      data-index={index}
      tabIndex={0}
      {...opening}
    >
      <span className={css.kind}>
        <Icon name={ICONS[group.__typename]} size={24} />
      </span>
      <div className={css.body}>
        <div className={css.top}>
          <ul className={css.faces} aria-hidden>
            {users.map((user) => (
              <li key={user.id}>
                <Link to={`/@${user.alias}`} tabIndex={-1}>
                  <Avatar user={user} size={32} index={index} />
                </Link>
              </li>
            ))}
          </ul>
          <span className={css.time}>
            <Time at={group.at} />
          </span>
        </div>
        <p id={id} className={css.text}>
          {first && <Sentence kind={group.__typename} first={first} others={group.count - 1} />}
        </p>
        {post && (
          <p className={css.post} dir="auto">
            {withoutDirectionControls(post.segments.map(({ text }) => text).join(''))}
          </p>
        )}
      </div>
    </article>
  )
}

interface SentenceProps {
  kind: Group['__typename']
  first: ActorFragment
  /** How many accounts have done the same. */
  others: number
}

function Sentence({ kind, first, others }: SentenceProps): JSX.Element {
  const who = (
    <Link to={`/@${first.alias}`}>
      <Name of={first} />
    </Link>
  )
  if (kind === 'LikeNotification') {
    return others === 0 ? (
      <Trans>{who} liked your post</Trans>
    ) : (
      <Trans>
        {who} and <Plural value={others} one="# other account" other="# other accounts" /> liked your post
      </Trans>
    )
  }
  if (kind === 'RepostNotification') {
    return others === 0 ? (
      <Trans>{who} reposted your post</Trans>
    ) : (
      <Trans>
        {who} and <Plural value={others} one="# other account" other="# other accounts" /> reposted your post
      </Trans>
    )
  }
  return others === 0 ? (
    <Trans>{who} follows you</Trans>
  ) : (
    <Trans>
      {who} and <Plural value={others} one="# other account" other="# other accounts" /> follow you
    </Trans>
  )
}
