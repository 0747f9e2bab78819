import type { JSX } from 'react'

import { Page } from '@/app/Page'
import { Story } from '@/posts/Story'

export default function Profile({ alias }: { alias: string }): JSX.Element {
  return (
    <Page title={`@${alias}`} above="/">
      <Story alias={alias} />
    </Page>
  )
}
