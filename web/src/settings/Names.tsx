import { type JSX, useEffect, useEffectEvent, useState } from 'react'
import { Link } from 'react-router'

import type { Viewer } from '@/api/useViewer'
import { nameProblem } from '@/forms/accountRules'
import { Field } from '@/forms/Field'
import { readUnsavedInput } from '@/forms/unsavedInput'
import { useSubmit } from '@/forms/useSubmit'
import { useUnsavedInput } from '@/forms/useUnsavedInput'
import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'
import { toast } from '@/ui/overlays/toastStore'

import { Section } from './Section'
import css from './Section.module.css'
import { useUpdateProfile } from './useUpdateProfile'

const FORM = 'names'

export function Names({ viewer }: { viewer: Viewer }): JSX.Element {
  const [round, setRound] = useState(0)
  return (
    <Section title="Name">
      <NamesForm key={round} viewer={viewer} onReset={() => setRound(round + 1)} />
    </Section>
  )
}

/** If the user leaves the page, keeps unsaved names and shows a toast. */
function NamesForm({ viewer, onReset }: { viewer: Viewer; onReset: () => void }): JSX.Element {
  const { change } = useUpdateProfile()
  const saved = { firstName: viewer.firstName, lastName: viewer.lastName }
  const { initial, isUnsaved, onInput, clear } = useUnsavedInput(FORM, saved)
  const { form, isBusy, problems, onSubmit } = useSubmit(async (data) => {
    const names = { firstName: String(data.get('firstName')), lastName: String(data.get('lastName')) }
    const found = await change(names, 'Your name was changed.')
    if (Object.keys(found).length === 0) clear()
    return found
  })
  const onLeave = useEffectEvent(() => {
    if (!readUnsavedInput(FORM)) return
    toast('The changes to your name are not saved yet.', { action: <Link to="/settings">Go back</Link> })
  })
  useEffect(() => () => onLeave(), [])
  const discard = (): void => {
    clear()
    onReset()
  }
  return (
    <form ref={form} onSubmit={onSubmit} onInput={onInput}>
      <Field
        label="First name"
        name="firstName"
        defaultValue={initial['firstName']}
        autoComplete="given-name"
        required
        check={nameProblem}
        problem={problems['firstName']}
      />
      <Field
        label="Last name"
        name="lastName"
        defaultValue={initial['lastName']}
        autoComplete="family-name"
        check={nameProblem}
        problem={problems['lastName']}
      />
      {problems['form'] && <FormProblem>{problems['form']}</FormProblem>}
      {isUnsaved && <p className={css.note}>Unsaved changes.</p>}
      <div className={css.actions}>
        <Button type="submit" isBusy={isBusy}>
          Save name
        </Button>
        {isUnsaved && (
          <Button look="quiet" onClick={discard}>
            Discard
          </Button>
        )}
      </div>
    </form>
  )
}
