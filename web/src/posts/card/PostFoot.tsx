import { t } from '@lingui/core/macro'
import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'
import { composeAbout } from '@/posts/drafts/composerState'
import { useSession } from '@/session/session'
import { IconButton } from '@/ui/Button'

import { copyLink } from './copyLink'
import { DeleteButton } from './DeleteButton'
import { DeliveryProgress } from './DeliveryProgress'
import css from './Post.module.css'
import { RepostMenu } from './RepostMenu'

interface PostFootProps {
  post: PostCardFragment
  /** On the page of the post: shows completed deliveries too. */
  isDetailed?: boolean
  onDelete?: () => void
}

/** What can be done with a post, and the delivery progress of the viewer's own. */
export function PostFoot({ post, isDetailed = false, onDelete }: PostFootProps): JSX.Element {
  const isSignedIn = useSession() !== null
  const { id, author, delivery } = post
  return (
    <footer className={css.foot}>
      {isSignedIn && (
        <>
          <IconButton
            icon="reply"
            label={t({ message: 'Reply', context: 'verb' })}
            onClick={() => composeAbout('reply', post)}
          />
          <RepostMenu post={post} />
        </>
      )}
      <IconButton icon="link" label={t`Copy link`} onClick={() => void copyLink(`/@${author.alias}/posts/${id}`)} />
      {delivery && <DeliveryProgress id={id} delivery={delivery} isDetailed={isDetailed} />}
      {author.isViewer && <DeleteButton id={id} onDelete={onDelete} />}
    </footer>
  )
}
