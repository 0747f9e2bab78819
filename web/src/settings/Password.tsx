import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'
import { useMutation } from 'urql'

import { describeError, isError, problemsIn } from '@/api/errors'
import { MIN_PASSWORD, passwordProblem } from '@/forms/accountRules'
import { Field } from '@/forms/Field'
import { useSubmit } from '@/forms/useSubmit'
import { graphql } from '@/gql'
import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'
import { toast } from '@/ui/overlays/toastStore'

import { Section } from './Section'
import css from './Section.module.css'

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      ... on PasswordChanged {
        endedSessions
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

export function Password(): JSX.Element {
  const [, change] = useMutation(ChangePassword)
  const { form, isBusy, problems, onSubmit } = useSubmit(async (typed, element) => {
    const input = {
      currentPassword: String(typed.get('currentPassword')),
      newPassword: String(typed.get('newPassword')),
    }
    const { data, error } = await change({ input })
    if (error || !data) return { form: error && describeError(error) }
    if (isError(data.changePassword)) return problemsIn(data.changePassword, { InvalidCredentials: 'currentPassword' })
    element.reset()
    toast(t`Your password was changed. You are signed out everywhere else.`)
    return {}
  })
  return (
    <Section title={t`Password`}>
      <form ref={form} onSubmit={onSubmit}>
        <Field
          label={t`Current password`}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          problem={problems['currentPassword']}
        />
        <Field
          label={t`New password`}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint={t`At least ${MIN_PASSWORD} characters.`}
          check={passwordProblem}
          required
          problem={problems['newPassword']}
        />
        {problems['form'] && <FormProblem>{problems['form']}</FormProblem>}
        <Button type="submit" isBusy={isBusy}>
          <Trans>Change password</Trans>
        </Button>
        <p className={css.note}>
          <Trans>This signs you out everywhere else.</Trans>
        </p>
      </form>
    </Section>
  )
}
