import type { JSX } from 'react'

import { Page } from '@/app/Page'

export default function Search(): JSX.Element {
  return <Page title="Search">{null}</Page>
}
