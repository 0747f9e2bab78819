import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Component, type JSX, type ReactNode, useEffect } from 'react'

import { network } from '@/api/connection/network'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

const NOT_LOADED = /dynamically imported module|Importing a module script|preload CSS/ // the messages of the browsers

interface ErrorBoundaryProps {
  children: ReactNode
  /** Shown in place of an error message, for a part that the page can do without. */
  instead?: ReactNode
}

/** Shows an error message if a component throws or its code cannot be loaded. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('nothing was thrown') }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    if (this.props.instead !== undefined) return this.props.instead
    return error instanceof Error && NOT_LOADED.test(error.message) ? <NotLoaded /> : <Broken />
  }
}

/** Reloads the page when the network is back. The user has entered nothing that could be lost. */
function NotLoaded(): JSX.Element {
  useEffect(() => network.onUp(() => location.reload()), [])
  return (
    <Notice title={t`This page could not be loaded`} actions={<Reload />}>
      <Trans>You may be offline, or Tweeter was updated since you opened it.</Trans>
    </Notice>
  )
}

function Broken(): JSX.Element {
  return (
    <Notice title={t`Something went wrong`} actions={<Reload />}>
      <Trans>This page could not be displayed. Your drafts are saved.</Trans>
    </Notice>
  )
}

function Reload(): JSX.Element {
  return (
    <Button look="strong" onClick={() => location.reload()}>
      <Trans>Reload</Trans>
    </Button>
  )
}
