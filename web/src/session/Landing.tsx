import type { JSX } from 'react'

import { Page } from '@/app/Page'
import { ButtonLink } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

export default function Landing(): JSX.Element {
  return (
    <Page title="Welcome">
      <Notice
        title="Short posts, newest first"
        actions={
          <>
            <ButtonLink look="strong" to="/register">
              Create an account
            </ButtonLink>
            <ButtonLink to="/login">Sign in</ButtonLink>
          </>
        }
      >
        Follow people and read what they write.
      </Notice>
    </Page>
  )
}
