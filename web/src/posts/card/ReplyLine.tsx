import type { JSX } from 'react'
import { Link } from 'react-router'

import css from './Post.module.css'

/** Says above the text of a reply whom it answers. */
export function ReplyLine({ alias }: { alias: string }): JSX.Element {
  return (
    <p className={css.replying}>
      Replying to <Link to={`/@${alias}`}>@{alias}</Link>
    </p>
  )
}
