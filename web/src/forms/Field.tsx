import type { ComponentPropsWithRef, JSX } from 'react'

import { Labelled, type LabelledProps } from './Labelled'

/** A text input with its label, and its error message or hint below it. */
export function Field({
  label,
  hint,
  problem,
  check,
  onValue,
  ...rest
}: ComponentPropsWithRef<'input'> & LabelledProps): JSX.Element {
  return (
    <Labelled {...{ label, hint, problem, check, onValue }}>
      {(attributes) => <input {...rest} {...attributes} />}
    </Labelled>
  )
}
