import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'
import { Actions } from '@/posts/actions/Actions'

import { DeliveryProgress } from './DeliveryProgress'
import css from './Post.module.css'

interface PostFootProps {
  post: PostCardFragment
  /** On the page of the post: shows completed deliveries too. */
  isDetailed?: boolean
  onDelete?: () => void
}

/** What can be done with a post, and the delivery progress of the viewer's own. */
export function PostFoot({ post, isDetailed = false, onDelete }: PostFootProps): JSX.Element {
  const { id, delivery } = post
  return (
    <footer className={css.foot}>
      <Actions post={post} isDetailed={isDetailed} onDelete={onDelete} />
      {delivery && <DeliveryProgress id={id} delivery={delivery} isDetailed={isDetailed} />}
    </footer>
  )
}
