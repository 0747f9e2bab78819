import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { SearchAside } from '@/explore/SearchAside'

import css from './Aside.module.css'

/** The side column of wide windows. */
export function Aside(): JSX.Element {
  return (
    <aside className={css.aside} aria-label={t`Explore`}>
      <SearchAside />
      <p className={css.foot}>
        <Trans>
          Press <kbd>?</kbd> for keyboard shortcuts. Developers: <a href="/graphql">GraphQL API</a>.
        </Trans>
      </p>
    </aside>
  )
}
