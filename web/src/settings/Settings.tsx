import type { JSX } from 'react'

import { Page } from '@/app/Page'

export default function Settings(): JSX.Element {
  return <Page title="Settings">{null}</Page>
}
