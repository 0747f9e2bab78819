import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import { composeAbout } from '@/posts/drafts/composerState'
import { Menu } from '@/ui/overlays/Menu'

import css from './actions.module.css'
import { repostsIn } from './counts'
import { useRepost } from './reposts'

interface RepostMenuProps {
  post: { id: string; repostedByViewer: boolean; repostCount: number; author: { alias: string } }
  isCounted: boolean
}

/** A button that opens a menu to repost, to undo a repost and to quote. */
export function RepostMenu({ post, isCounted }: RepostMenuProps): JSX.Element {
  const { isOn, count, set } = useRepost(post)
  const label = isOn ? t`Reposted: undo or quote` : t`Repost or quote`
  return (
    <Menu
      icon="repost"
      label={isCounted && count > 0 ? `${label}, ${repostsIn(count)}` : label}
      count={isCounted ? count : 0}
      className={isOn ? css.on : undefined}
      items={[
        isOn
          ? { label: t`Undo repost`, icon: 'close', act: () => set(false) }
          : { label: t({ message: 'Repost', context: 'verb' }), icon: 'repost', act: () => set(true) },
        { label: t({ message: 'Quote', context: 'verb' }), icon: 'quote', act: () => composeAbout('quote', post) },
      ]}
    />
  )
}
