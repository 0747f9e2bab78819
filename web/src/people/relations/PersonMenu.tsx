import { t } from '@lingui/core/macro'
import { type JSX, useState } from 'react'

import { type FragmentType, graphql, unmask } from '@/gql'
import type { MenuOfPersonFragment } from '@/gql/graphql'
import { copyLink } from '@/posts/actions/copyLink'
import { useSession } from '@/session/session'
import { Menu } from '@/ui/overlays/Menu'
import type { MenuItem } from '@/ui/overlays/menuTypes'

import { BlockDialog } from './BlockDialog'
import { useRelations } from './useRelations'

export const MenuOfPerson = graphql(`
  fragment MenuOfPerson on User {
    id
    alias
    isViewer
    followedByViewer
    mutedByViewer
    blockedByViewer
    followOptions {
      showsReposts
      isInFeed
    }
  }
`)

/** The menu of a profile. */
export function PersonMenu({ person }: { person: FragmentType<typeof MenuOfPerson> }): JSX.Element {
  const user = unmask(MenuOfPerson, person)
  const isSignedIn = useSession() !== null
  const [isBlocking, setBlocking] = useState(false)
  const relations = useRelations(user)
  const items: MenuItem[] = [
    { label: t`Copy link`, icon: 'link', act: () => void copyLink(`/@${user.alias}`) },
    ...(isSignedIn && !user.isViewer ? decisions(user, relations, () => setBlocking(true)) : []),
  ]
  return (
    <>
      <Menu icon="more" label={t`More actions`} items={items} />
      {isBlocking && (
        <BlockDialog alias={user.alias} onClose={() => setBlocking(false)} onBlock={() => relations.block(true)} />
      )}
    </>
  )
}

function decisions(
  { alias, followedByViewer, mutedByViewer, blockedByViewer, followOptions }: MenuOfPersonFragment,
  { mute, block, follow }: ReturnType<typeof useRelations>,
  askToBlock: () => void,
): MenuItem[] {
  const items: MenuItem[] = []
  if (followedByViewer && followOptions) {
    const { showsReposts, isInFeed } = followOptions
    items.push({
      label: showsReposts ? t`Hide their reposts` : t`Show their reposts`,
      icon: 'repost',
      act: () =>
        follow(
          { showsReposts: !showsReposts },
          showsReposts ? t`Reposts by @${alias} are hidden.` : t`Reposts by @${alias} are shown.`,
        ),
    })
    items.push({
      label: isInFeed ? t`Take out of my feed` : t`Put back into my feed`,
      icon: 'home',
      act: () =>
        follow(
          { isInFeed: !isInFeed },
          isInFeed ? t`@${alias} is not in your feed any more.` : t`@${alias} is in your feed.`,
        ),
    })
  }
  if (mutedByViewer) items.push({ label: t`Unmute`, icon: 'mute', act: () => mute('off') })
  else {
    items.push({ label: t`Mute`, icon: 'mute', act: () => mute('forever') })
    items.push({ label: t`Mute for 1 day`, icon: 'mute', act: () => mute('day') })
    items.push({ label: t`Mute for 7 days`, icon: 'mute', act: () => mute('week') })
  }
  if (blockedByViewer) items.push({ label: t`Unblock`, icon: 'block', act: () => block(false) })
  else items.push({ label: t`Block`, icon: 'block', isDanger: true, act: askToBlock })
  return items
}
