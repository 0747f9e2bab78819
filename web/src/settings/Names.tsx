import type { JSX, SubmitEvent } from 'react'

import type { Viewer } from '@/api/viewer'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Problem } from '@/ui/Notice'

import { Section } from './Section'
import { useProfile } from './useProfile'

export function Names({ viewer }: { viewer: Viewer }): JSX.Element {
  const { isBusy, problems, change } = useProfile()
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const names = { firstName: String(form.get('firstName')), lastName: String(form.get('lastName')) }
    void change(names, 'Your names are changed.')
  }
  return (
    <Section title="Names">
      <form onSubmit={submit}>
        <Field
          label="First name"
          name="firstName"
          defaultValue={viewer.firstName}
          autoComplete="given-name"
          required
          problem={problems['firstName']}
        />
        <Field
          label="Last name"
          name="lastName"
          defaultValue={viewer.lastName}
          autoComplete="family-name"
          problem={problems['lastName']}
        />
        {problems['form'] && <Problem>{problems['form']}</Problem>}
        <Button type="submit" isBusy={isBusy}>
          Save the names
        </Button>
      </form>
    </Section>
  )
}
