import { Component, type ReactNode } from 'react'

import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'

/** In the place of what broke while it was drawn. */
export class Failure extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    const reload = (
      <Button look="strong" onClick={() => location.reload()}>
        Load it again
      </Button>
    )
    return (
      <main>
        <Notice title="This page broke" actions={reload}>
          It is our mistake. Nothing of yours is lost: what you were writing is kept.
        </Notice>
      </main>
    )
  }
}
