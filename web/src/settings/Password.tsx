import { type JSX, type SubmitEvent, useState } from 'react'
import { useMutation } from 'urql'

import { byField, describe, type Problems } from '@/api/problems'
import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Problem } from '@/ui/Notice'
import { toast } from '@/ui/toasts'

import { Section } from './Section'
import css from './Section.module.css'

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      ... on PasswordChanged {
        endedSessions
      }
      ... on InvalidCredentials {
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

export function Password(): JSX.Element {
  const [{ fetching }, change] = useMutation(ChangePassword)
  const [problems, setProblems] = useState<Problems>({})
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    setProblems({})
    const input = { currentPassword: String(form.get('currentPassword')), newPassword: String(form.get('newPassword')) }
    const { data, error } = await change({ input })
    if (error || !data) return setProblems({ form: error && describe(error) })
    const result = data.changePassword
    if (result.__typename === 'InvalidCredentials') return setProblems({ currentPassword: result.message })
    if (result.__typename === 'InvalidInput') {
      return setProblems(byField(result.fields))
    }
    element.reset()
    toast('Your password is changed; your other sessions have ended.')
  }
  return (
    <Section title="Password">
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          problem={problems['currentPassword']}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
          required
          problem={problems['newPassword']}
        />
        {problems['form'] && <Problem>{problems['form']}</Problem>}
        <Button type="submit" isBusy={fetching}>
          Change the password
        </Button>
        <p className={css.note}>It ends your sessions everywhere else.</p>
      </form>
    </Section>
  )
}
