import { type ComponentPropsWithRef, type JSX, type ReactNode, useId, useState } from 'react'

import css from './Field.module.css'

type FieldProps = ComponentPropsWithRef<'input'> & {
  label: string
  hint?: ReactNode
  /** The server's error message for this field. */
  problem?: string | undefined
  /** Returns the error message for a value, if any. It is shown before the form is sent. */
  check?: (value: string) => string | undefined
  /** Called with each value that the user types. */
  onValue?: (value: string) => void
}

/** A text input with its label, and its error message or hint below it. */
export function Field({ label, hint, problem, check, onValue, ...rest }: FieldProps): JSX.Element {
  const id = useId()
  const [found, setFound] = useState<string>()
  const shownProblem = found ?? problem
  const note = shownProblem ?? hint
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        aria-invalid={shownProblem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={({ currentTarget: input }) => {
          const newProblem = check?.(input.value)
          input.setCustomValidity(newProblem ?? '')
          if (found) setFound(newProblem)
          onValue?.(input.value)
        }}
        onBlur={({ currentTarget: { value } }) => setFound(value ? check?.(value) : undefined)}
        onInvalid={({ currentTarget: { value } }) => setFound(value ? check?.(value) : undefined)}
      />
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
