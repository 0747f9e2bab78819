import type { JSX } from 'react'

import { SearchAside } from '@/people/search/SearchAside'

import css from './Aside.module.css'

/** Where there is room for it. */
export function Aside(): JSX.Element {
  return (
    <aside className={css.aside} aria-label="Find people">
      <SearchAside />
      <p className={css.foot}>
        <kbd>?</kbd> shows the keys. Programs use <a href="/graphql">the API</a>.
      </p>
    </aside>
  )
}
