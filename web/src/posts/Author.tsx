import type { JSX } from 'react'
import { Link } from 'react-router'

import css from './Author.module.css'

interface AuthorProps {
  author: { alias: string; firstName: string; lastName: string }
  id?: string
}

/** An account's names and alias on one line, leading to its profile. */
export function Author({ author: { alias, firstName, lastName }, id }: AuthorProps): JSX.Element {
  return (
    <Link to={`/@${alias}`} className={css.author} id={id}>
      <bdi className={css.name}>
        {firstName} {lastName}
      </bdi>{' '}
      <span className={css.alias}>@{alias}</span>
    </Link>
  )
}
