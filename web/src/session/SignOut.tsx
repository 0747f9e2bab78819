import type { JSX } from 'react'
import { useNavigate } from 'react-router'
import { useMutation } from 'urql'

import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'

import { signOut } from './session'

const Logout = graphql(`
  mutation Logout {
    logout
  }
`)

/** Here the session ends at once, whether or not the server could be told. */
export function SignOut(): JSX.Element {
  const [{ fetching }, logout] = useMutation(Logout)
  const navigate = useNavigate()
  const leave = async (): Promise<void> => {
    await logout({})
    void navigate('/')
    signOut()
  }
  return (
    <Button onClick={() => void leave()} isBusy={fetching}>
      <Icon name="leave" size={18} />
      Sign out
    </Button>
  )
}
