import type { JSX } from 'react'

import { SearchAside } from '@/people/search/SearchAside'

import css from './Aside.module.css'

/** The side column of wide windows. */
export function Aside(): JSX.Element {
  return (
    <aside className={css.aside} aria-label="Find people">
      <SearchAside />
      <p className={css.foot}>
        Press <kbd>?</kbd> for keyboard shortcuts. Developers: <a href="/graphql">GraphQL API</a>.
      </p>
    </aside>
  )
}
