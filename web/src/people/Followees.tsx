import type { JSX } from 'react'

import { Page } from '@/app/Page'

export default function Followees({ alias }: { alias: string }): JSX.Element {
  return (
    <Page title="Followees" above={`/@${alias}`}>
      {null}
    </Page>
  )
}
