import { t } from '@lingui/core/macro'
import { type JSX, useState } from 'react'

import { Menu } from '@/ui/overlays/Menu'
import type { MenuItem } from '@/ui/overlays/menuTypes'

import { copyLink } from './copyLink'
import { DeleteDialog } from './DeleteDialog'

interface PostMenuProps {
  post: { id: string; author: { alias: string; isViewer: boolean } }
  onDelete?: (() => void) | undefined
}

/** The menu with what is seldom done with a post. */
export function PostMenu({ post: { id, author }, onDelete }: PostMenuProps): JSX.Element {
  const [isAsking, setAsking] = useState(false)
  const items: MenuItem[] = [
    { label: t`Copy link`, icon: 'link', act: () => void copyLink(`/@${author.alias}/posts/${id}`) },
  ]
  if (author.isViewer)
    items.push({ label: t`Delete this post`, icon: 'bin', isDanger: true, act: () => setAsking(true) })
  return (
    <>
      <Menu icon="more" label={t`More about this post`} items={items} />
      {isAsking && <DeleteDialog id={id} onClose={() => setAsking(false)} onDelete={onDelete} />}
    </>
  )
}
