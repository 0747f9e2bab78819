import { type JSX, useEffect, useEffectEvent, useState } from 'react'
import { Link } from 'react-router'

import type { Viewer } from '@/api/useViewer'
import { nameProblem } from '@/forms/accountRules'
import { typedInto } from '@/forms/unsavedInput'
import { useTyped } from '@/forms/useUnsavedInput'
import { Button } from '@/ui/Button'
import { Field } from '@/forms/Field'
import { Problem } from '@/ui/Notice'
import { toast } from '@/ui/overlays/toastStore'
import { useSubmit } from '@/forms/useSubmit'

import { Section } from './Section'
import css from './Section.module.css'
import { useProfile } from './useProfile'

const FORM = 'names'

export function Names({ viewer }: { viewer: Viewer }): JSX.Element {
  const [round, setRound] = useState(0)
  return (
    <Section title="Names">
      <NamesForm key={round} viewer={viewer} onReset={() => setRound(round + 1)} />
    </Section>
  )
}

/** Keeps unsaved names when the user leaves the page, and says so in a toast. */
function NamesForm({ viewer, onReset }: { viewer: Viewer; onReset: () => void }): JSX.Element {
  const { change } = useProfile()
  const saved = { firstName: viewer.firstName, lastName: viewer.lastName }
  const { initial, isUnsaved, onInput, forget } = useTyped(FORM, saved)
  const { form, isBusy, problems, onSubmit } = useSubmit(async (data) => {
    const names = { firstName: String(data.get('firstName')), lastName: String(data.get('lastName')) }
    const found = await change(names, 'Your names are changed.')
    if (Object.keys(found).length === 0) forget()
    return found
  })
  const leave = useEffectEvent(() => {
    if (!typedInto(FORM)) return
    toast('The names that you typed are kept, but not saved.', { action: <Link to="/settings">Go back</Link> })
  })
  useEffect(() => () => leave(), [])
  const discard = (): void => {
    forget()
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
      {problems['form'] && <Problem>{problems['form']}</Problem>}
      {isUnsaved && <p className={css.note}>Not saved yet.</p>}
      <div className={css.actions}>
        <Button type="submit" isBusy={isBusy}>
          Save the names
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
