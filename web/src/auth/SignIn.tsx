import type { JSX } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { useMutation } from 'urql'

import { describe, isError, problemsIn } from '@/api/errors'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { Field } from '@/forms/Field'
import { Problem } from '@/ui/Notice'
import { useSubmit } from '@/forms/useSubmit'

import css from './Form.module.css'
import { fromOf } from './returnTo'
import { plainAlias } from '@/forms/accountRules'
import { forgetEnded, signIn, useEnded, useSession } from '@/session/session'

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
      ... on Error {
        message
      }
    }
  }
`)

export default function SignIn(): JSX.Element {
  const ended = useEnded()
  const from = fromOf(useLocation())
  const isSignedIn = useSession() !== null
  const [, login] = useMutation(Login)
  const { form, isBusy, problems, onSubmit } = useSubmit(async (typed) => {
    const alias = plainAlias(String(typed.get('alias')))
    const { data, error } = await login({ input: { alias, password: String(typed.get('password')) } })
    if (error || !data) return { form: error && describe(error) }
    if (isError(data.login)) return problemsIn(data.login, { InvalidCredentials: 'password' })
    signIn({ token: data.login.token, alias: data.login.user.alias })
    return {}
  })

  if (isSignedIn) return <Navigate to={from} replace />
  return (
    <Page title="Sign in">
      <form ref={form} className={css.form} onSubmit={onSubmit}>
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
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={problems['password']}
        />
        {problems['form'] && <Problem>{problems['form']}</Problem>}
        <Button type="submit" look="strong" isBusy={isBusy}>
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
