import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'

import { DeleteButton } from './DeleteButton'
import { DeliveryProgress } from './DeliveryProgress'
import css from './Post.module.css'

interface PostFootProps {
  id: string
  delivery: PostCardFragment['delivery']
  /** On the page of the post: shows completed deliveries too. */
  isDetailed?: boolean
  onDelete?: () => void
}

/** The footer of the viewer's own posts: the delivery progress and the delete button. */
export function PostFoot({ id, delivery, isDetailed = false, onDelete }: PostFootProps): JSX.Element {
  return (
    <footer className={css.foot}>
      {delivery && <DeliveryProgress id={id} delivery={delivery} isDetailed={isDetailed} />}
      <DeleteButton id={id} onDelete={onDelete} />
    </footer>
  )
}
