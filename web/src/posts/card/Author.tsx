import type { JSX } from 'react'
import { Link } from 'react-router'

import { Name } from '@/ui/Name'

import css from './Author.module.css'

interface AuthorProps {
  author: { alias: string; firstName: string; lastName: string }
  id?: string
}

/** An account's names and alias on one line, leading to its profile. Names give way: the alias says who it is. */
export function Author({ author, id }: AuthorProps): JSX.Element {
  return (
    <Link to={`/@${author.alias}`} className={css.author} id={id}>
      <Name of={author} className={css.name} /> <span className={css.alias}>@{author.alias}</span>
    </Link>
  )
}
