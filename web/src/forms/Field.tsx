import { type ComponentPropsWithRef, type JSX, type ReactNode, useId, useState } from 'react'

import css from './Field.module.css'

type FieldProps = ComponentPropsWithRef<'input'> & {
  label: string
  hint?: ReactNode
  /** What the server says is wrong with it. */
  problem?: string | undefined
  /** What the server would say is wrong with a value. It is told before anything is sent. */
  check?: (value: string) => string | undefined
  /** Called with each value that is typed. */
  onValue?: (value: string) => void
}

/** A line of text with its label, and below it what is wrong with it or what it is for. */
export function Field({ label, hint, problem, check, onValue, ...rest }: FieldProps): JSX.Element {
  const id = useId()
  const [found, setFound] = useState<string>()
  const wrong = found ?? problem
  const note = wrong ?? hint
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={({ currentTarget: input }) => {
          const wrongNow = check?.(input.value)
          input.setCustomValidity(wrongNow ?? '')
          if (found) setFound(wrongNow)
          onValue?.(input.value)
        }}
        onBlur={({ currentTarget: { value } }) => setFound(value ? check?.(value) : undefined)}
        onInvalid={({ currentTarget: { value } }) => setFound(value ? check?.(value) : undefined)}
      />
      {note && (
        <p id={`${id}-note`} className={wrong ? css.problem : css.hint} role={wrong ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  )
}
