import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { useMutation } from 'urql'

import { describeError, isError, problemsIn } from '@/api/errors'
import { normalizeAlias } from '@/forms/accountRules'
import { Field } from '@/forms/Field'
import { useSubmit } from '@/forms/useSubmit'
import { graphql } from '@/gql'
import { Page } from '@/page/Page'
import { clearEndedSession, signIn, useEndedSession, useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'

import css from './Form.module.css'
import { returnAddress } from './returnTo'

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
  const ended = useEndedSession()
  const returnTo = returnAddress(useLocation())
  const isSignedIn = useSession() !== null
  const [, login] = useMutation(Login)
  const { form, isBusy, problems, onSubmit } = useSubmit(async (typed) => {
    const alias = normalizeAlias(String(typed.get('alias')))
    const { data, error } = await login({ input: { alias, password: String(typed.get('password')) } })
    if (error || !data) return { form: error && describeError(error) }
    if (isError(data.login)) return problemsIn(data.login, { InvalidCredentials: 'password' })
    signIn({ token: data.login.token, alias: data.login.user.alias })
    return {}
  })

  if (isSignedIn) return <Navigate to={returnTo} replace />
  return (
    <Page title={t`Sign in`}>
      <form ref={form} className={css.form} onSubmit={onSubmit}>
        {ended && (
          <p className={css.note}>
            <Trans>Your session has ended. Sign in again to continue where you were.</Trans>
          </p>
        )}
        <Field
          label={t`Alias`}
          name="alias"
          defaultValue={ended?.alias}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <Field
          label={t`Password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={problems['password']}
        />
        {problems['form'] && <FormProblem>{problems['form']}</FormProblem>}
        <Button type="submit" look="strong" isBusy={isBusy}>
          <Trans>Sign in</Trans>
        </Button>
        <p className={css.other}>
          <Trans>
            New here?{' '}
            <Link to="/register" state={{ returnTo }} onClick={clearEndedSession}>
              Create an account
            </Link>
          </Trans>
        </p>
      </form>
    </Page>
  )
}
