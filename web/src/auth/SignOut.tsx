import type { JSX } from 'react'
import { useNavigate } from 'react-router'
import { useClient } from 'urql'

import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'

import { signOut } from '@/session/session'

const Logout = graphql(`
  mutation Logout {
    logout
  }
`)

/** Here and in all other tabs the session ends at once, whether or not the server can be told. */
export function SignOut(): JSX.Element {
  const client = useClient()
  const navigate = useNavigate()
  const leave = (): void => {
    void navigate('/')
    signOut()
    // Last: once told, the server says so to every tab, and those that have not signed out would call it an ended session.
    void client.mutation(Logout, {}, { fetch: evenIfClosed }).toPromise()
  }
  return (
    <Button onClick={leave}>
      <Icon name="leave" size={18} />
      Sign out
    </Button>
  )
}

const evenIfClosed: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: true })
