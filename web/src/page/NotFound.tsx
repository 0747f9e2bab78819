import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX, ReactNode } from 'react'

import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import { Page } from './Page'

interface NotFoundProps {
  title?: string
  children?: ReactNode
}

export function NotFound({
  title = t`Page not found`,
  children = t`The address may be mistyped, or the page may have been deleted.`,
}: NotFoundProps): JSX.Element {
  const home = (
    <ButtonLink look="strong" to="/">
      <Trans>Go home</Trans>
    </ButtonLink>
  )
  return (
    <Page title={t`Not found`}>
      <meta name="robots" content="noindex" />
      <Notice title={title} actions={home}>
        {children}
      </Notice>
    </Page>
  )
}
