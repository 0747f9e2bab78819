import { type JSX, type SubmitEvent, useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { useMutation } from 'urql'

import { describe } from '@/api/problems'
import { Page } from '@/app/Page'
import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Problem } from '@/ui/Notice'

import css from './Form.module.css'
import { fromOf } from './from'
import { forgetEnded, signIn, useEnded, useSession } from './session'

const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      ... on Session {
        token
        user {
          id
          alias
        }
      }
      ... on InvalidCredentials {
        message
      }
    }
  }
`)

export default function SignIn(): JSX.Element {
  const ended = useEnded()
  const from = fromOf(useLocation())
  const isSignedIn = useSession() !== null
  const [{ fetching }, login] = useMutation(Login)
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const alias = String(form.get('alias')).trim().replace(/^@/, '')
    setProblem(null)
    const { data, error } = await login({ input: { alias, password: String(form.get('password')) } })
    if (error || !data) return setProblem(error ? describe(error) : null)
    if (data.login.__typename !== 'Session') return setProblem(data.login.message)
    signIn({ token: data.login.token, alias: data.login.user.alias })
  }

  if (isSignedIn) return <Navigate to={from} replace />
  return (
    <Page title="Sign in">
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        {ended && <p className={css.note}>Your session has ended. Sign in again to go on where you were.</p>}
        <Field
          label="Alias"
          name="alias"
          defaultValue={ended?.alias}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        {problem && <Problem>{problem}</Problem>}
        <Button type="submit" look="strong" isBusy={fetching}>
          Sign in
        </Button>
        <p className={css.other}>
          New here?{' '}
          <Link to="/register" state={{ from }} onClick={forgetEnded}>
            Create an account
          </Link>
        </p>
      </form>
    </Page>
  )
}
