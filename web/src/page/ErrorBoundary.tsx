import { Component, type JSX, type ReactNode, useEffect } from 'react'

import { network } from '@/api/connection/network'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

const NOT_LOADED = /dynamically imported module|Importing a module script|preload CSS/ // as the engines say it

/** In the place of what broke while it was drawn, or whose code did not come. */
export class Failure extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('nothing was thrown') }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return error instanceof Error && NOT_LOADED.test(error.message) ? <NotLoaded /> : <Broken />
  }
}

/** Nothing of it is there to be lost: it loads itself again when the network is back. */
function NotLoaded(): JSX.Element {
  useEffect(() => network.onUp(() => location.reload()), [])
  return (
    <Notice title="This page could not be loaded" actions={<Reload />}>
      You may be offline, or Tweeter has been renewed since you opened it.
    </Notice>
  )
}

function Broken(): JSX.Element {
  return (
    <Notice title="This page broke" actions={<Reload />}>
      It is our mistake. Nothing of yours is lost: what you were writing is kept.
    </Notice>
  )
}

function Reload(): JSX.Element {
  return (
    <Button look="strong" onClick={() => location.reload()}>
      Load it again
    </Button>
  )
}
