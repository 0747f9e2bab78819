import type { ComponentPropsWithRef, JSX } from 'react'

import { Labelled, type LabelledProps } from './Labelled'

/** An input for several lines with its label, and its error message or hint below it. */
export function TextArea({
  label,
  hint,
  problem,
  check,
  onValue,
  ...rest
}: ComponentPropsWithRef<'textarea'> & LabelledProps): JSX.Element {
  return (
    <Labelled {...{ label, hint, problem, check, onValue }}>
      {(attributes) => <textarea {...rest} {...attributes} />}
    </Labelled>
  )
}
