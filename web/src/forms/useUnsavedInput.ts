import { type SyntheticEvent, useState } from 'react'

import { clearUnsavedInput, readUnsavedInput, saveUnsavedInput } from './unsavedInput'

type Values = Record<string, string>

interface UnsavedInput {
  /** The first values of the fields. */
  initial: Values
  /** True if the input differs from the saved values. */
  isUnsaved: boolean
  /** The form's event handler. It keeps text inputs, and never passwords. */
  onInput: (event: SyntheticEvent<HTMLFormElement>) => void
  clear: () => void
}

/** Keeps the input of a form until it is sent or discarded, so that the user may leave the page and return. */
export function useUnsavedInput(form: string, saved: Values = {}): UnsavedInput {
  const [initial] = useState(() => ({ ...saved, ...readUnsavedInput(form) }))
  const [isUnsaved, setUnsaved] = useState(() => differs(initial, saved))
  const onInput = ({ currentTarget }: SyntheticEvent<HTMLFormElement>): void => {
    const fields = [...currentTarget.elements].filter(
      (element) => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement,
    )
    const values = Object.fromEntries(
      fields
        .filter(({ name, type }) => name && (type === 'text' || type === 'textarea'))
        .map(({ name, value }) => [name, value]),
    )
    setUnsaved(differs(values, saved))
    if (differs(values, saved)) saveUnsavedInput(form, values)
    else clearUnsavedInput(form)
  }
  const forget = (): void => {
    clearUnsavedInput(form)
    setUnsaved(false)
  }
  return { initial, isUnsaved, onInput, clear: forget }
}

function differs(values: Values, saved: Values): boolean {
  return Object.entries(values).some(([name, value]) => value !== (saved[name] ?? ''))
}
