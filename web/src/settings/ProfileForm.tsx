import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { type JSX, useEffect, useEffectEvent, useState } from 'react'
import { Link } from 'react-router'

import type { Viewer } from '@/api/useViewer'
import { bioProblem, MAX_BIO, nameProblem, tidyBio } from '@/forms/accountRules'
import { Field } from '@/forms/Field'
import { TextArea } from '@/forms/TextArea'
import { readUnsavedInput } from '@/forms/unsavedInput'
import { useSubmit } from '@/forms/useSubmit'
import { useUnsavedInput } from '@/forms/useUnsavedInput'
import { countCharacters } from '@/lib/text/characters'
import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'
import { toast } from '@/ui/overlays/toastStore'

import { Section } from './Section'
import css from './Section.module.css'
import { useUpdateProfile } from './useUpdateProfile'

const FORM = 'profile'
const FEW = 20 // characters left, from which on they are announced

export function ProfileForm({ viewer }: { viewer: Viewer }): JSX.Element {
  const [round, setRound] = useState(0)
  return (
    <Section title={t`Profile`}>
      <NamesAndBio key={round} viewer={viewer} onReset={() => setRound(round + 1)} />
    </Section>
  )
}

/** If the user leaves the page, keeps unsaved input and shows a toast. */
function NamesAndBio({ viewer, onReset }: { viewer: Viewer; onReset: () => void }): JSX.Element {
  const { change } = useUpdateProfile()
  const { firstName, lastName, bio } = viewer
  const saved = { firstName, lastName, bio }
  const { initial, isUnsaved, onInput, clear } = useUnsavedInput(FORM, saved)
  const [typedBio, setTypedBio] = useState(initial['bio'] ?? '')
  const { form, isBusy, problems, onSubmit } = useSubmit(async (data) => {
    const typed = Object.fromEntries(Object.keys(saved).map((name) => [name, String(data.get(name))]))
    const found = await change(typed, t`Your profile was changed.`)
    if (Object.keys(found).length === 0) clear()
    return found
  })
  const onLeave = useEffectEvent(() => {
    if (!readUnsavedInput(FORM)) return
    const back = (
      <Link to="/settings">
        <Trans>Go back</Trans>
      </Link>
    )
    toast(t`The changes to your profile are not saved yet.`, { action: back })
  })
  useEffect(() => () => onLeave(), [])
  const discard = (): void => {
    clear()
    onReset()
  }
  return (
    <form ref={form} onSubmit={onSubmit} onInput={onInput}>
      <Field
        label={t`First name`}
        name="firstName"
        defaultValue={initial['firstName']}
        autoComplete="given-name"
        required
        check={nameProblem}
        problem={problems['firstName']}
      />
      <Field
        label={t`Last name`}
        name="lastName"
        defaultValue={initial['lastName']}
        autoComplete="family-name"
        check={nameProblem}
        problem={problems['lastName']}
      />
      <TextArea
        label={t`Bio`}
        name="bio"
        defaultValue={initial['bio']}
        rows={4}
        dir="auto"
        check={bioProblem}
        onValue={setTypedBio}
        hint={<CharactersLeft text={typedBio} />}
        problem={problems['bio']}
      />
      {problems['form'] && <FormProblem>{problems['form']}</FormProblem>}
      {isUnsaved && (
        <p className={css.note}>
          <Trans>Unsaved changes.</Trans>
        </p>
      )}
      <div className={css.actions}>
        <Button type="submit" isBusy={isBusy}>
          <Trans>Save profile</Trans>
        </Button>
        {isUnsaved && (
          <Button look="quiet" onClick={discard}>
            <Trans>Discard</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}

function CharactersLeft({ text }: { text: string }): JSX.Element {
  const left = MAX_BIO - countCharacters(tidyBio(text))
  return (
    <span aria-live={left <= FEW ? 'polite' : 'off'}>
      {left < 0 ? (
        <Trans>{-left} too many</Trans>
      ) : (
        <Plural value={left} one="# character left" other="# characters left" />
      )}
    </span>
  )
}
