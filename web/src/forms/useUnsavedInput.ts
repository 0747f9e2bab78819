import { type SyntheticEvent, useState } from 'react'

import { forgetTyped, keepTyped, typedInto } from './unsavedInput'

type Values = Record<string, string>

interface Typed {
  /** What the fields begin with. */
  initial: Values
  /** Whether that differs from what is saved. */
  isUnsaved: boolean
  /** For the form: keeps what is typed into it. A password is never kept. */
  onInput: (event: SyntheticEvent<HTMLFormElement>) => void
  forget: () => void
}

/** Keeps the input of a form until it is sent or discarded, so that the user may leave the page and return. */
export function useTyped(form: string, saved: Values = {}): Typed {
  const [initial] = useState(() => ({ ...saved, ...typedInto(form) }))
  const [isUnsaved, setUnsaved] = useState(() => differs(initial, saved))
  const onInput = ({ currentTarget }: SyntheticEvent<HTMLFormElement>): void => {
    const fields = [...currentTarget.elements].filter((element) => element instanceof HTMLInputElement)
    const values = Object.fromEntries(
      fields.filter(({ name, type }) => name && type === 'text').map(({ name, value }) => [name, value]),
    )
    setUnsaved(differs(values, saved))
    if (differs(values, saved)) keepTyped(form, values)
    else forgetTyped(form)
  }
  const forget = (): void => {
    forgetTyped(form)
    setUnsaved(false)
  }
  return { initial, isUnsaved, onInput, forget }
}

function differs(values: Values, saved: Values): boolean {
  return Object.entries(values).some(([name, value]) => value !== (saved[name] ?? ''))
}
