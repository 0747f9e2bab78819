import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'

import { Delete } from './DeleteButton'
import { Delivery } from './DeliveryProgress'
import css from './Post.module.css'

interface PostFootProps {
  id: string
  delivery: PostCardFragment['delivery']
  /** On the post's own page, which also says how far it has come at last. */
  isWhole?: boolean
  onDelete?: () => void
}

/** Under one's own post: how far it has come, and what can be done with it. */
export function PostFoot({ id, delivery, isWhole = false, onDelete }: PostFootProps): JSX.Element {
  return (
    <footer className={css.foot}>
      {delivery && <Delivery id={id} delivery={delivery} isWhole={isWhole} />}
      <Delete id={id} onDelete={onDelete} />
    </footer>
  )
}
