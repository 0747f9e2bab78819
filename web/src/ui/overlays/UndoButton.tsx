import { Trans } from '@lingui/react/macro'
import type { JSX } from 'react'

/** The action of a toast that undoes what it reports. */
export function UndoButton({ onClick }: { onClick: () => void }): JSX.Element {
  return (
    <button onClick={onClick}>
      <Trans>Undo</Trans>
    </button>
  )
}
