import { type JSX, type ReactNode, useId, useState } from 'react'

import css from './Field.module.css'

type Control = HTMLInputElement | HTMLTextAreaElement

export interface LabelledProps {
  label: string
  hint?: ReactNode
  /** The server's error message for this field. */
  problem?: string | undefined
  /** Returns the error message for a value, if any. It is shown before the form is sent. */
  check?: ((value: string) => string | undefined) | undefined
  /** Called with each value that the user types. */
  onValue?: ((value: string) => void) | undefined
}

interface ControlAttributes {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
  onChange: (event: { currentTarget: Control }) => void
  onBlur: (event: { currentTarget: Control }) => void
  onInvalid: (event: { currentTarget: Control }) => void
}

interface Props extends LabelledProps {
  children: (attributes: ControlAttributes) => ReactNode
}

/** A control with its label, and its error message or hint below it. */
export function Labelled({ label, hint, problem, check, onValue, children }: Props): JSX.Element {
  const id = useId()
  const [found, setFound] = useState<string>()
  const shownProblem = found ?? problem
  const note = shownProblem ?? hint
  const checkWhole = ({ currentTarget: { value } }: { currentTarget: Control }): void =>
    setFound(value ? check?.(value) : undefined)
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': shownProblem ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
        onChange: ({ currentTarget: control }) => {
          const newProblem = check?.(control.value)
          control.setCustomValidity(newProblem ?? '')
          if (found) setFound(newProblem)
          onValue?.(control.value)
        },
        onBlur: checkWhole,
        onInvalid: checkWhole,
      })}
      {note && (
        <p
          id={`${id}-note`}
          className={shownProblem ? css.problem : css.hint}
          role={shownProblem ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </div>
  )
}
