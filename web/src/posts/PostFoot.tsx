import type { JSX } from 'react'

import type { PostCardFragment } from '@/gql/graphql'

import { Delete } from './Delete'
import { Delivery } from './Delivery'
import css from './Post.module.css'

interface PostFootProps {
  id: string
  isCelebrity: boolean
  delivery: PostCardFragment['delivery']
  onDelete?: () => void
}

/** Under one's own post: how far it has come, and what can be done with it. */
export function PostFoot({ id, isCelebrity, delivery, onDelete }: PostFootProps): JSX.Element {
  return (
    <footer className={css.foot}>
      {delivery && <Delivery id={id} isCelebrity={isCelebrity} delivery={delivery} />}
      <Delete id={id} onDelete={onDelete} />
    </footer>
  )
}
