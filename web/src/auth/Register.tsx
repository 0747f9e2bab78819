import { type JSX, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { useMutation } from 'urql'

import { describe, isError, problemsIn } from '@/api/errors'
import { Page } from '@/page/Page'
import { graphql } from '@/gql'
import { PictureField } from '@/pictures/PictureField'
import { Button } from '@/ui/Button'
import { Field } from '@/forms/Field'
import { Problem } from '@/ui/Notice'
import { useSubmit } from '@/forms/useSubmit'

import css from './Form.module.css'
import { fromOf } from './returnTo'
import { aliasProblem, MAX_ALIAS, MIN_PASSWORD, nameProblem, passwordProblem, plainAlias } from '@/forms/accountRules'
import { Nobody } from './AvatarPlaceholder'
import { signIn, useSession } from '@/session/session'
import { useIsTaken } from './useIsAliasTaken'
import { useTyped } from '@/forms/useUnsavedInput'

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
          message
        }
      }
    }
  }
`)

export default function Register(): JSX.Element {
  const from = fromOf(useLocation())
  const isSignedIn = useSession() !== null
  const navigate = useNavigate()
  const [, register] = useMutation(RegisterMutation)
  const [picture, setPicture] = useState<File | null>(null)
  const { initial, onInput, forget } = useTyped('register')
  const [alias, setAlias] = useState(initial['alias'] ?? '')
  const isTaken = useIsTaken(alias)

  const { form, isBusy, problems, onSubmit } = useSubmit(async (typed) => {
    const text = (name: string): string => String(typed.get(name) ?? '')
    const { data, error } = await register({
      input: {
        alias: plainAlias(text('alias')),
        firstName: text('firstName'),
        lastName: text('lastName'),
        password: text('password'),
        ...(picture && { image: picture }),
      },
    })
    if (error || !data) return { form: error && describe(error) }
    if (isError(data.register)) return problemsIn(data.register, { AliasTaken: 'alias' })
    forget()
    void navigate(from, { replace: true })
    signIn({ token: data.register.token, alias: data.register.user.alias })
    return {}
  })

  if (isSignedIn) return <Navigate to={from} replace />
  return (
    <Page title="Create an account">
      <form ref={form} className={css.form} onSubmit={onSubmit} onInput={onInput}>
        <PictureField picture={picture} onChange={setPicture} present={<Nobody />} problem={problems['image']} />
        <Field
          label="First name"
          name="firstName"
          autoComplete="given-name"
          defaultValue={initial['firstName']}
          check={nameProblem}
          required
          problem={problems['firstName']}
        />
        <Field
          label="Last name"
          name="lastName"
          autoComplete="family-name"
          defaultValue={initial['lastName']}
          check={nameProblem}
          problem={problems['lastName']}
        />
        <Field
          label="Alias"
          name="alias"
          hint={`How others mention you: up to ${MAX_ALIAS} letters (a to z), digits and underscores.`}
          defaultValue={initial['alias']}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          check={aliasProblem}
          onValue={setAlias}
          problem={isTaken ? `@${plainAlias(alias)} is taken. Choose another one.` : problems['alias']}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          hint={`At least ${MIN_PASSWORD} characters.`}
          check={passwordProblem}
          autoComplete="new-password"
          required
          problem={problems['password']}
        />
        {problems['form'] && <Problem>{problems['form']}</Problem>}
        <Button type="submit" look="strong" isBusy={isBusy}>
          Create the account
        </Button>
        <p className={css.other}>
          Been here before?{' '}
          <Link to="/login" state={{ from }}>
            Sign in
          </Link>
        </p>
      </form>
    </Page>
  )
}
