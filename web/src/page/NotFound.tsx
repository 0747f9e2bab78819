import type { JSX } from 'react'

import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

import { Page } from './Page'

interface NotFoundProps {
  title?: string
  children?: string
}

export function NotFound({
  title = 'Page not found',
  children = 'The address may be mistyped, or the page may have been deleted.',
}: NotFoundProps): JSX.Element {
  const home = (
    <ButtonLink look="strong" to="/">
      Go home
    </ButtonLink>
  )
  return (
    <Page title="Not found">
      <meta name="robots" content="noindex" />
      <Notice title={title} actions={home}>
        {children}
      </Notice>
    </Page>
  )
}
