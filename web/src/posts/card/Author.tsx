import type { JSX } from 'react'
import { Link } from 'react-router'

import { Handle } from '@/ui/Handle'
import { Name } from '@/ui/Name'

import css from './Author.module.css'

interface AuthorProps {
  author: { alias: string; firstName: string; lastName: string }
  id?: string
}

/** A link to an account's profile with its name and alias on one line. A long name is cut off, the alias is not. */
export function Author({ author, id }: AuthorProps): JSX.Element {
  return (
    <Link to={`/@${author.alias}`} className={css.author} id={id}>
      <Name of={author} className={css.name} /> <Handle alias={author.alias} className={css.alias} />
    </Link>
  )
}
