import type { JSX } from 'react'

import { Page } from '@/app/Page'

export default function Register(): JSX.Element {
  return <Page title="Create an account">{null}</Page>
}
