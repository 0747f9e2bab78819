import { type ComponentPropsWithRef, type JSX, type ReactNode, useId } from 'react'

import css from './Field.module.css'

type FieldProps = ComponentPropsWithRef<'input'> & { label: string; hint?: ReactNode; problem?: string | undefined }

/** A line of text with its label, and below it what is wrong with it or what it is for. */
export function Field({ label, hint, problem, ...rest }: FieldProps): JSX.Element {
  const id = useId()
  const note = problem ?? hint
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note && (
        <p id={`${id}-note`} className={problem ? css.problem : css.hint}>
          {note}
        </p>
      )}
    </div>
  )
}
