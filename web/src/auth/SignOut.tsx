import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useNavigate } from 'react-router'
import { useClient } from 'urql'

import { graphql } from '@/gql'
import { signOut } from '@/session/session'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'

const EndSession = graphql(`
  mutation SignOut {
    signOut {
      wasSignedIn
    }
  }
`)

/** Ends the session at once in all tabs, even if the server is unreachable. */
export function SignOut(): JSX.Element {
  const client = useClient()
  const navigate = useNavigate()
  const leave = (): void => {
    void navigate('/')
    signOut()
    // After signOut: the server closes the sockets of all tabs, and a tab that is still signed in would report an expired session.
    void client.mutation(EndSession, {}, { fetch: fetchEvenIfClosed }).toPromise()
  }
  return (
    <Button onClick={leave}>
      <Icon name="leave" size={18} />
      <Trans>Sign out</Trans>
    </Button>
  )
}

const fetchEvenIfClosed: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: true })
