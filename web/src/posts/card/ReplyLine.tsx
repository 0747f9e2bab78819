import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link } from 'react-router'

import { Handle } from '@/ui/Handle'

import css from './Post.module.css'

/** Says above the text of a reply whom it answers. */
export function ReplyLine({ alias }: { alias: string }): JSX.Element {
  return (
    <p className={css.replying}>
      <Trans>
        Replying to{' '}
        <Link to={`/@${alias}`}>
          <Handle alias={alias} />
        </Link>
      </Trans>
    </p>
  )
}
