import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

import { NotFound } from '@/page/NotFound'

/** Shown at the address of a post that does not exist. */
export function PostNotFound(): JSX.Element {
  return (
    <NotFound title={t`Post not found`}>
      <Trans>Its author may have deleted it, or the address may be mistyped.</Trans>
    </NotFound>
  )
}
