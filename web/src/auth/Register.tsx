import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { type JSX, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { useMutation } from 'urql'

import { describeError, isError, problemsIn } from '@/api/errors'
import {
  aliasProblem,
  MAX_ALIAS,
  MIN_PASSWORD,
  nameProblem,
  normalizeAlias,
  passwordProblem,
} from '@/forms/accountRules'
import { Field } from '@/forms/Field'
import { useSubmit } from '@/forms/useSubmit'
import { useUnsavedInput } from '@/forms/useUnsavedInput'
import { graphql } from '@/gql'
import { Page } from '@/page/Page'
import { PictureField } from '@/pictures/PictureField'
import { signIn, useSession } from '@/session/session'
import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'

import { AvatarPlaceholder } from './AvatarPlaceholder'
import css from './Form.module.css'
import { returnAddress } from './returnTo'
import { useIsAliasTaken } from './useIsAliasTaken'

const RegisterMutation = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
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
      ... on InvalidInput {
        fields {
          field
          code
          message
        }
      }
    }
  }
`)

export default function Register(): JSX.Element {
  const returnTo = returnAddress(useLocation())
  const isSignedIn = useSession() !== null
  const navigate = useNavigate()
  const [, register] = useMutation(RegisterMutation)
  const [picture, setPicture] = useState<File | null>(null)
  const { initial, onInput, clear } = useUnsavedInput('register')
  const [alias, setAlias] = useState(initial['alias'] ?? '')
  const isTaken = useIsAliasTaken(alias)
  const wanted = normalizeAlias(alias)

  const { form, isBusy, problems, onSubmit } = useSubmit(async (typed) => {
    const text = (name: string): string => String(typed.get(name) ?? '')
    const { data, error } = await register({
      input: {
        alias: normalizeAlias(text('alias')),
        firstName: text('firstName'),
        lastName: text('lastName'),
        password: text('password'),
        ...(picture && { image: picture }),
      },
    })
    if (error || !data) return { form: error && describeError(error) }
    if (isError(data.register)) return problemsIn(data.register, { AliasTaken: 'alias' })
    clear()
    void navigate(returnTo, { replace: true })
    signIn({ token: data.register.token, alias: data.register.user.alias })
    return {}
  })

  if (isSignedIn) return <Navigate to={returnTo} replace />
  return (
    <Page title={t`Create an account`}>
      <form ref={form} className={css.form} onSubmit={onSubmit} onInput={onInput}>
        <PictureField
          picture={picture}
          onChange={setPicture}
          current={<AvatarPlaceholder />}
          problem={problems['image']}
        />
        <Field
          label={t`First name`}
          name="firstName"
          autoComplete="given-name"
          defaultValue={initial['firstName']}
          check={nameProblem}
          required
          problem={problems['firstName']}
        />
        <Field
          label={t`Last name`}
          name="lastName"
          autoComplete="family-name"
          defaultValue={initial['lastName']}
          check={nameProblem}
          problem={problems['lastName']}
        />
        <Field
          label={t`Alias`}
          name="alias"
          hint={t`How others mention you: up to ${MAX_ALIAS} letters (a to z), digits and underscores.`}
          defaultValue={initial['alias']}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          check={aliasProblem}
          onValue={setAlias}
          problem={isTaken ? t`@${wanted} is taken. Choose another one.` : problems['alias']}
        />
        <Field
          label={t`Password`}
          name="password"
          type="password"
          hint={t`At least ${MIN_PASSWORD} characters.`}
          check={passwordProblem}
          autoComplete="new-password"
          required
          problem={problems['password']}
        />
        {problems['form'] && <FormProblem>{problems['form']}</FormProblem>}
        <Button type="submit" look="strong" isBusy={isBusy}>
          <Trans>Create account</Trans>
        </Button>
        <p className={css.other}>
          <Trans>
            Already have an account?{' '}
            <Link to="/login" state={{ returnTo }}>
              Sign in
            </Link>
          </Trans>
        </p>
      </form>
    </Page>
  )
}
