import type { JSX } from 'react'

import { Page } from '@/app/Page'

export default function Followers({ alias }: { alias: string }): JSX.Element {
  return (
    <Page title="Followers" above={`/@${alias}`}>
      {null}
    </Page>
  )
}
