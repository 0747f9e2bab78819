import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import css from './ReadLine.module.css'

/** Stands between the rows that are new and those that were read. It has no height, so no row moves when it comes. */
export function ReadLine(): JSX.Element {
  return (
    <div className={css.line}>
      <span>
        <Trans>You read to here</Trans>
      </span>
    </div>
  )
}
