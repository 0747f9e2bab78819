import { type JSX, type SubmitEvent, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { useMutation } from 'urql'

import { byField, describe, type Problems } from '@/api/problems'
import { Page } from '@/app/Page'
import { graphql } from '@/gql'
import { PictureField } from '@/pictures/PictureField'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Problem } from '@/ui/Notice'

import css from './Form.module.css'
import { fromOf } from './from'
import { Nobody } from './Nobody'
import { signIn, useSession } from './session'

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
      ... on AliasTaken {
        message
      }
      ... on InvalidInput {
        message
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
  const [{ fetching }, register] = useMutation(RegisterMutation)
  const [picture, setPicture] = useState<File | null>(null)
  const [problems, setProblems] = useState<Problems>({})

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string): string => String(form.get(name) ?? '')
    setProblems({})
    const { data, error } = await register({
      input: {
        alias: text('alias').trim().replace(/^@/, ''),
        firstName: text('firstName'),
        lastName: text('lastName'),
        password: text('password'),
        ...(picture && { image: picture }),
      },
    })
    if (error || !data) return setProblems({ form: error && describe(error) })
    const result = data.register
    if (result.__typename === 'AliasTaken') return setProblems({ alias: result.message })
    if (result.__typename === 'InvalidInput') {
      return setProblems(byField(result.fields))
    }
    void navigate(from, { replace: true })
    signIn({ token: result.token, alias: result.user.alias })
  }

  if (isSignedIn) return <Navigate to={from} replace />
  return (
    <Page title="Create an account">
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <PictureField picture={picture} onChange={setPicture} present={<Nobody />} problem={problems['image']} />
        <Field
          label="First name"
          name="firstName"
          autoComplete="given-name"
          maxLength={100}
          required
          problem={problems['firstName']}
        />
        <Field
          label="Last name"
          name="lastName"
          autoComplete="family-name"
          maxLength={100}
          problem={problems['lastName']}
        />
        <Field
          label="Alias"
          name="alias"
          hint="How others mention you: up to 30 letters (a to z), digits and underscores."
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={31}
          required
          problem={problems['alias']}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          hint="At least 8 characters."
          autoComplete="new-password"
          required
          problem={problems['password']}
        />
        {problems['form'] && <Problem>{problems['form']}</Problem>}
        <Button type="submit" look="strong" isBusy={fetching}>
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
